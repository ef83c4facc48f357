import type { CallEnd } from "../end-cause.js";

/**
 * What is known of a call, in the order of its progress:
 *
 * ```
 * accepted ─► caller-ringing ─► caller-answered ─► callee-ringing ─► connected ─► ended
 *     └───────────────┴─────────────── any state ───────────────────────┴──────► ended · unknown
 * ```
 *
 * `accepted` says that sipgate accepted the request, not that a phone rings. States may be skipped. `unknown`
 * means that following ended without having observed the end of the call. Source of the order: sipgate's documentation
 * for classic. On neo it isn't known whose phone rings first.
 */
export type CallState =
  | "accepted"
  | "caller-ringing"
  | "caller-answered"
  | "callee-ringing"
  | "connected"
  | "ended"
  | "unknown";

/** What showed a state: the request's response, the list of running calls, the history, a push, or time. */
export type Evidence = "response" | "poll" | "history" | "push" | "timer";

/** A state that a call has reached. */
export interface CallChange {
  /** The state. */
  readonly state: CallState;
  /** What showed it. */
  readonly evidence: Evidence;
  /** When it became known, by this machine's clock. */
  readonly at: Date;
  /** Why the call ended. Undefined unless `state` is `ended`. */
  readonly end?: CallEnd;
  /** What can't be seen and what would show it, or why following gave up, as sentences. */
  readonly notes: readonly string[];
}

const ORDER: readonly CallState[] = [
  "accepted",
  "caller-ringing",
  "caller-answered",
  "callee-ringing",
  "connected",
  "ended",
];

/** Whether a call can go from one state to the other: only forwards, and never from a final state. */
export function canBecome(from: CallState, to: CallState): boolean {
  if (isOver(from)) return false;
  return to === "unknown" || ORDER.indexOf(to) > ORDER.indexOf(from);
}

/** Whether a state is final. */
export function isOver(state: CallState): state is "ended" | "unknown" {
  return state === "ended" || state === "unknown";
}
