import type { CallEnd } from "../end-cause.js";

/**
 * What is known of a call, in the order in which a call goes:
 *
 * ```
 * accepted ─► caller-ringing ─► caller-answered ─► callee-ringing ─► connected ─► ended
 *     └───────────────┴─────────────── any state ───────────────────────┴──────► ended · unknown
 * ```
 *
 * `accepted` says that sipgate took the order, not that a phone rings. States may be skipped. `unknown` is the end of
 * following without having seen the end of the call.
 */
export type CallState =
  | "accepted"
  | "caller-ringing"
  | "caller-answered"
  | "callee-ringing"
  | "connected"
  | "ended"
  | "unknown";

/** What a state was learnt from: the answer to the order, the list of running calls, the history, a push, or time. */
export type Evidence = "response" | "poll" | "history" | "push" | "timer";

/** A state that a call has come to. */
export interface CallChange {
  readonly state: CallState;
  readonly evidence: Evidence;
  /** When it was learnt, by this machine's clock. */
  readonly at: Date;
  /** Why the call ended; with `ended` only. */
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

/** Whether a call can come from one state to the other: only onwards, and from the end nowhere. */
export function canBecome(from: CallState, to: CallState): boolean {
  if (isOver(from)) return false;
  return to === "unknown" || ORDER.indexOf(to) > ORDER.indexOf(from);
}

/** Whether nothing follows a state. */
export function isOver(state: CallState): state is "ended" | "unknown" {
  return state === "ended" || state === "unknown";
}
