import type { CallRecord } from "../end-cause.js";
import type { RunningCall } from "../telephony.js";
import type { PolledList } from "./list-poller.js";
import type { PushedEvent } from "./pushed-event.js";

/** What one poll of the telephone system shows of one call. */
export interface PollResult {
  readonly kind: "poll";
  /** When it began, by `monotonicMs` of the clock: it can't have seen what happened since. */
  readonly begunAt: number;
  /**
   * `one-party`: somebody is there, and it isn't certain who. `absent`: it isn't on the list. `unreadable`:
   * the list can't be read. `not-read`: reading failed, perhaps temporarily.
   */
  readonly running: "both-parties" | "caller-only" | "one-party" | "absent" | "unreadable" | "not-read";
  /** What was recorded of its end. */
  readonly record: CallRecord | undefined;
  /** Whether records of ended calls can't be read. */
  readonly recordsUnreadable: boolean;
  /** Whether something that was asked for couldn't be read, perhaps only now. */
  readonly hasFailed: boolean;
  /** What can't be seen and what would show it, as sentences. */
  readonly notes: readonly string[];
}

/** An observation of one call: a poll, or something that was pushed. */
export type Observation = PollResult | { readonly kind: "push"; readonly event: PushedEvent };

/** Gets the function that ends watching, to be called when the reader returns. */
export type OnCancel = (stop: () => void) => void;

/** What ends watching while the next observation is awaited. */
export interface StopSignals {
  readonly signal: AbortSignal | undefined;
  readonly onCancel: OnCancel | undefined;
}

/** The observations of one call, one by one. */
export interface Subscription {
  /** The next observation, once there is one; undefined if watching was ended. */
  next(): Promise<Observation | undefined>;
  /** To be called when no more observations are wanted. */
  stop(): void;
}

/** Watches any number of calls with the same few requests. */
export interface Watcher {
  /** @param channelIds that the call may go through (neo). Undefined: any of the account's */
  watch(callId: string, channelIds: readonly string[] | undefined, until: StopSignals): Subscription;
}

/** What was read, as it concerns one call. */
export function pollResultOf(
  callId: string,
  begunAt: number,
  running: PolledList<RunningCall>,
  records: PolledList<CallRecord>,
): PollResult {
  return {
    kind: "poll",
    begunAt,
    running: runningOf(callId, running),
    record: records.items?.get(callId),
    recordsUnreadable: records.unreadableReason !== undefined,
    hasFailed: running.hasFailed || records.hasFailed,
    notes: [running.unreadableReason, records.unreadableReason].filter((note) => note !== undefined),
  };
}

function runningOf(
  callId: string,
  { items, unreadableReason }: PolledList<RunningCall>,
): PollResult["running"] {
  if (items === undefined) return unreadableReason === undefined ? "not-read" : "unreadable";
  const call = items.get(callId);
  if (call === undefined) return "absent";
  // Not known: whether a call is listed while the callee still rings and the caller has answered.
  // So both must be there.
  if (hasBothParties(call)) return "both-parties";
  return call.participants[0]?.owner === true ? "caller-only" : "one-party";
}

/** Whether both parties are there. */
export function hasBothParties({ participants }: RunningCall): boolean {
  return participants.length > 1;
}
