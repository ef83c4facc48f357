/**
 * Why a call ended. The compiler names most places that a new cause has to be added to. It doesn't see
 * `docs/json.schema.json`, the words of the dialer and of the tools for agents, nor the sandbox, which shares no code:
 * `packages/sandbox/src/switch/end.ts`.
 */
export type EndCause =
  | "completed"
  | "busy"
  | "no-answer"
  | "rejected"
  | "canceled"
  | "not-found"
  | "unreachable"
  | "forwarded"
  | "blocked"
  | "insufficient-funds"
  | "unknown";

/**
 * How a call ended. Source of the causes: sipgate's OpenAPI document for its history, and its documentation of the Push
 * API.
 */
export interface CallEnd {
  /** Why it ended. */
  readonly cause: EndCause;
  /** Who caused it. Undefined if sipgate doesn't say: its history names no party. */
  readonly party: "caller" | "callee" | "network" | "client" | undefined;
  /** How long both parties talked. Undefined if it isn't known. */
  readonly durationSeconds: number | undefined;
  /** sipgate's own word for it, e.g. `BUSY` or `normalClearing`. Undefined if it gave none. */
  readonly raw: string | undefined;
}

/** A call that has ended, as the telephone system recorded it. */
export interface CallRecord {
  readonly callId: string;
  readonly end: CallEnd;
}
