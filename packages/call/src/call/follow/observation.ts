import type { CallRecord } from "../end-cause.js";
import type { RunningCall } from "../telephony.js";
import type { PolledList } from "./list-poller.js";
import type { PushedEvent } from "./pushed-event.js";

/** What one look at the telephone system shows of one call. */
export interface PollResult {
  readonly kind: "poll";
  /** When it began, by `monotonicMs` of the clock: what happened since, it can't have seen. */
  readonly begunAt: number;
  /**
   * `one-party`: somebody is there, and it isn't certain who. `absent`: it isn't on the list. `unreadable`: the list can't
   * be read. `not-read`: reading failed, perhaps in passing.
   */
  readonly running: "both-parties" | "caller-only" | "one-party" | "absent" | "unreadable" | "not-read";
  /** What was recorded of its end. */
  readonly record: CallRecord | undefined;
  /** Whether records of ended calls can't be read. */
  readonly recordsUnreadable: boolean;
  /** What can't be seen and what would show it, as sentences. */
  readonly notes: readonly string[];
}

/** A sign of one call: a look, or something that was pushed. */
export type Observation = PollResult | { readonly kind: "push"; readonly event: PushedEvent };

/** Is handed what ends the watching, to be called when whoever reads returns. */
export type OnCancel = (stop: () => void) => void;

/** What ends watching while the next sign is awaited. */
export interface StopSignals {
  readonly signal: AbortSignal | undefined;
  readonly onCancel: OnCancel | undefined;
}

/** What is seen of one call, sign by sign. */
export interface Subscription {
  /** The next sign, once there is one; undefined where watching was ended. */
  next(): Promise<Observation | undefined>;
  /** To be called when nobody wants to know any more. */
  stop(): void;
}

/** Looks after any number of calls with the same few requests. */
export interface Watcher {
  watch(callId: string, channelId: string | undefined, until: StopSignals): Subscription;
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
  // Not known: whether a call is listed whose caller has answered while the callee still rings. So both have to be there.
  if (hasBothParties(call)) return "both-parties";
  return call.participants[0]?.owner === true ? "caller-only" : "one-party";
}

/** Whether both parties are there. */
export function hasBothParties({ participants }: RunningCall): boolean {
  return participants.length > 1;
}
