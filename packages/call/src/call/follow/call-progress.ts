// What each observation of a call means for its state. Observations are polls and pushed events.

import type { CallEnd, EndCause } from "../end-cause.js";
import type { CallState, Evidence } from "./call-state.js";
import type { PollResult } from "./observation.js";
import type { PushedEnd, PushedEvent } from "./pushed-event.js";

/** What is known so far of a call that is followed. Times are by `monotonicMs` of the clock. */
export interface Progress {
  readonly state: CallState;
  /** Whether the caller's phone is known to ring first, and the callee's once it's answered. */
  readonly callerRingsFirst: boolean;
  /** When it was last seen running. */
  readonly lastSeenAt: number;
  /** Whether the list of running calls has contained it. */
  readonly wasListed: boolean;
  /** Since when the list of running calls, having contained it, no longer contains it. */
  readonly goneSince: number | undefined;
  /** When an event reported that sipgate has started it. */
  readonly startedAt: number | undefined;
  /** When an event last reported that it has started or was answered. */
  readonly goesOnAt: number | undefined;
  /** When an event reported that both parties talk. */
  readonly connectedAt: number | undefined;
  /** A pushed end that leaves the cause open until the history names it. */
  readonly hungUp: { readonly at: number; readonly end: PushedEnd } | undefined;
  /** Whether this program has had the call hung up. */
  readonly hungUpByClient: boolean;
}

/** A state that a call has reached, and what showed it. */
export interface StateChange {
  readonly state: CallState;
  readonly evidence: Evidence;
  readonly end?: CallEnd;
}

// Not known: how long the history takes to show a call. Milliseconds that are allowed for it once a call is gone.
const HISTORY_LAG_MS = 20_000;
// The same if the history can't be read: long enough for one more poll, since a list may lack a call
// temporarily.
const GONE_FOR_SURE_MS = 3_000;

// Not known: how long sipgate lets a phone ring, and whether the history shows a call before it's over. Milliseconds
// after an event of a call that goes on in which an entry of the history isn't taken for its end: the event of the
// end may get lost, but that's rare.
const EARLY_ENTRY_MS = 120_000;

// Milliseconds. sipgate may push that a call has begun before it knows that the phone is offline or refuses
// the call. Then the end follows at once. A call that has lasted this long rings.
const RINGS_AFTER_MS = 1_000;

/** What one poll shows. Times are compared with when it began: it can't have seen anything later. */
export function changeFromPoll(
  poll: PollResult,
  progress: Progress,
  giveUpAfterMs: number,
): StateChange | undefined {
  const { running, record, recordsUnreadable, begunAt } = poll;
  const { hungUp } = progress;
  if (hungUp !== undefined) {
    if (record !== undefined) return ended("history", record.end, progress);
    const waitedEnough = recordsUnreadable || begunAt - hungUp.at > HISTORY_LAG_MS;
    return waitedEnough ? ended("push", endFromCause(hungUp.end, progress, begunAt), progress) : undefined;
  }
  // A call that is on the list is running, whatever the history says about it.
  if (running === "both-parties") return { state: "connected", evidence: "poll" };
  if (running === "caller-only") return { state: "caller-answered", evidence: "poll" };
  if (record !== undefined && !goesOn(poll, progress)) return ended("history", record.end, progress);
  if (isRinging(progress, begunAt)) return { state: "caller-ringing", evidence: "push" };
  if (isGone(poll, progress)) return ended("poll", endWith("unknown", undefined), progress);
  return isLost(poll, progress, giveUpAfterMs) ? { state: "unknown", evidence: "timer" } : undefined;
}

/** Whether the call is listed, or rings as an event said: then an entry of the history is none of its end. */
function goesOn({ running, begunAt }: PollResult, { state, goesOnAt, goneSince }: Progress): boolean {
  if (running === "one-party") return true;
  if (goesOnAt === undefined || goneSince !== undefined) return false;
  // A call that is connected would be listed.
  if (state === "connected" && running === "absent") return false;
  return begunAt - goesOnAt <= EARLY_ENTRY_MS;
}

/** It was listed and no longer is: it's over. Only the history tells why, and that may take a while. */
function isGone({ running, recordsUnreadable, begunAt }: PollResult, { goneSince }: Progress): boolean {
  if (running !== "absent" || goneSince === undefined) return false;
  return begunAt - goneSince > (recordsUnreadable ? GONE_FOR_SURE_MS : HISTORY_LAG_MS);
}

/** Whether nothing more can be expected. A poll that failed, maybe for a moment, is followed by another. */
function isLost(
  { running, recordsUnreadable, hasFailed, begunAt }: PollResult,
  { lastSeenAt }: Progress,
  giveUpAfterMs: number,
): boolean {
  if (running === "unreadable" && recordsUnreadable) return true;
  return !hasFailed && begunAt - lastSeenAt > giveUpAfterMs;
}

/**
 * What a pushed event of the call shows. The call's own id decides: an event of a call that only resulted
 * from this one, such as the leg that it was transferred to, reports the end or answer of something else.
 */
export function changeFromPush(event: PushedEvent, progress: Progress, now: number): StateChange | undefined {
  const { kind, direction } = event;
  // An incoming leg is another side of it, if it belongs to this call at all: a poll tells.
  if (direction === "in") return undefined;
  if (kind === "hangup") {
    return isAmbiguous(event.end, progress)
      ? undefined
      : ended("push", endFromCause(event.end, progress, now), progress);
  }
  // If it isn't known which leg comes first, an event says that something happened, and a poll says what.
  if (!progress.callerRingsFirst) return undefined;
  if (kind === "new-call") return undefined; // See `isRinging`.
  // The caller's phone rings first. So it has answered, no matter which party this event reports.
  const isCallee = event.answeringNumber !== undefined && event.answeringNumber === event.to;
  return { state: isCallee ? "connected" : "caller-answered", evidence: "push" };
}

/** If the caller's phone rings first, it rings or has rung, whichever leg the event was about. */
function isRinging({ callerRingsFirst, state, startedAt }: Progress, now: number): boolean {
  const hasLasted = startedAt !== undefined && now - startedAt >= RINGS_AFTER_MS;
  return hasLasted && callerRingsFirst && state === "accepted";
}

/** Whether only the history can tell why the call ended. */
export function isAmbiguous({ isCertain, cause }: PushedEnd, { state }: Progress): boolean {
  return !isCertain && (state !== "connected" || cause === "unknown");
}

function endFromCause({ cause, raw }: PushedEnd, { connectedAt }: Progress, now: number): CallEnd {
  const durationSeconds = connectedAt === undefined ? undefined : Math.round((now - connectedAt) / 1000);
  return { ...endWith(cause, raw), durationSeconds };
}

function endWith(cause: EndCause, raw: string | undefined): CallEnd {
  return { cause, party: undefined, durationSeconds: undefined, raw };
}

/** Causes of calls that never connected. */
const OF_UNANSWERED: ReadonlySet<EndCause> = new Set([
  "busy",
  "no-answer",
  "rejected",
  "canceled",
  "not-found",
  "unreachable",
  "blocked",
]);
/** Causes that can only refer to the callee once the caller has answered. */
const OF_THE_CALLEE: ReadonlySet<EndCause> = new Set(["busy", "no-answer", "rejected", "forwarded"]);
/** Causes that hanging up may be reported as. */
const OF_HANGING_UP: ReadonlySet<EndCause> = new Set(["completed", "canceled", "no-answer", "unknown"]);

/** An end, with the party if earlier observations make it certain. */
function ended(evidence: Evidence, told: CallEnd, { state, hungUpByClient }: Progress): StateChange {
  const end = state === "connected" ? endOfConnected(told) : told;
  if (hungUpByClient && OF_HANGING_UP.has(end.cause)) {
    const cause = state === "connected" || end.cause === "completed" ? "completed" : "canceled";
    return { state: "ended", evidence, end: { ...end, cause, party: "client" } };
  }
  const party = state === "caller-answered" && OF_THE_CALLEE.has(end.cause) ? "callee" : end.party;
  return { state: "ended", evidence, end: { ...end, party } };
}

/**
 * Both were seen to talk, so the call didn't fail to connect, whatever word its end comes with. Reported: some answered
 * calls end with sipgate's `cancel`, which is meant for those that nobody answered.
 */
function endOfConnected(told: CallEnd): CallEnd {
  if (!OF_UNANSWERED.has(told.cause)) return told;
  return { ...told, cause: "completed", durationSeconds: told.durationSeconds || undefined };
}
