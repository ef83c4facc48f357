/** Who brought the end about; `client` is a request to the REST API. */
export type Party = "caller" | "callee" | "network" | "client";

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
  | "insufficient-funds";

/** Causes in the words of sipgate's Push API [official]. */
export type PushCause =
  | "normalClearing"
  | "busy"
  | "cancel"
  | "noAnswer"
  | "congestion"
  | "notFound"
  | "forwarded";

/** How a call ended. */
export interface CallEnd {
  readonly party: Party;
  readonly cause: EndCause;
  /** The cause in the words of sipgate's Push API. */
  readonly raw: PushCause;
}
