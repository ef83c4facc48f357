/** Who brought the end about; `client` is a request to the REST API. */
export type Party = "caller" | "callee" | "network" | "client";

/** Why a call ended, in the words of `sipgate-call`. */
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

/** Causes in the words of sipgate's Push API. Source: its documentation. */
export type PushCause =
  | "normalClearing"
  | "busy"
  | "cancel"
  | "noAnswer"
  | "congestion"
  | "notFound"
  | "forwarded";

/** How a call ended. Source of `raw`: sipgate's documentation of its Push API. */
export interface CallEnd {
  /** Who ended it. */
  readonly party: Party;
  /** Why it ended. */
  readonly cause: EndCause;
  /** The cause in the words of sipgate's Push API. */
  readonly raw: PushCause;
}
