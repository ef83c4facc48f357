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

// Milliseconds. sipgate may push that a call has begun before it knows that the phone is offline or refuses
// the call. Then the end follows at once. A call that has lasted this long rings.
const RINGS_AFTER_MS = 1_000;

/** What one poll shows. */
export function changeFromPoll(
  poll: PollResult,
  progress: Progress,
  now: number,
  giveUpAfterMs: number,
): StateChange | undefined {
  const { running, record, recordsUnreadable } = poll;
  const { hungUp } = progress;
  // A call that is on the list is running, whatever the history says about it.
  if (running === "both-parties" && hungUp === undefined) return { state: "connected", evidence: "poll" };
  if (record !== undefined) return ended("history", record.end, progress);
  if (hungUp !== undefined) {
    const waitedEnough = recordsUnreadable || now - hungUp.at > HISTORY_LAG_MS;
    return waitedEnough ? ended("push", endFromCause(hungUp.end, progress, now), progress) : undefined;
  }
  if (running === "caller-only") return { state: "caller-answered", evidence: "poll" };
  if (isRinging(progress, now)) return { state: "caller-ringing", evidence: "push" };
  if (isGone(poll, progress, now)) return ended("poll", endWith("unknown", undefined), progress);
  const nothingToSee = running === "unreadable" && recordsUnreadable;
  const isSilent = now - progress.lastSeenAt > giveUpAfterMs;
  return nothingToSee || isSilent ? { state: "unknown", evidence: "timer" } : undefined;
}

/** It was listed and no longer is: it's over. Only the history tells why, and that may take a while. */
function isGone({ running, recordsUnreadable }: PollResult, { goneSince }: Progress, now: number): boolean {
  if (running !== "absent" || goneSince === undefined) return false;
  return now - goneSince > (recordsUnreadable ? GONE_FOR_SURE_MS : HISTORY_LAG_MS);
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
export function isAmbiguous({ isCertain }: PushedEnd, { state }: Progress): boolean {
  return !isCertain && state !== "connected";
}

function endFromCause(
  { cause, isCertain, raw }: PushedEnd,
  { state, connectedAt }: Progress,
  now: number,
): CallEnd {
  const durationSeconds = connectedAt === undefined ? undefined : Math.round((now - connectedAt) / 1000);
  // Reported: some answered calls end with sipgate's `cancel`, which is meant for those that nobody answered.
  if (state === "connected" && (cause === "canceled" || !isCertain))
    return { ...endWith("completed", raw), durationSeconds };
  const end = endWith(cause, raw);
  return cause === "canceled" ? { ...end, party: "caller" } : { ...end, durationSeconds };
}

function endWith(cause: EndCause, raw: string | undefined): CallEnd {
  return { cause, party: undefined, durationSeconds: undefined, raw };
}

/** Causes that can only refer to the callee once the caller has answered. */
const OF_THE_CALLEE: ReadonlySet<EndCause> = new Set(["busy", "no-answer", "rejected", "forwarded"]);
/** Causes that hanging up may be reported as. */
const OF_HANGING_UP: ReadonlySet<EndCause> = new Set(["completed", "canceled", "no-answer", "unknown"]);

/** An end, with the party if earlier observations make it certain. */
function ended(evidence: Evidence, end: CallEnd, { state, hungUpByClient }: Progress): StateChange {
  if (hungUpByClient && OF_HANGING_UP.has(end.cause)) {
    const cause = state === "connected" || end.cause === "completed" ? "completed" : "canceled";
    return { state: "ended", evidence, end: { ...end, cause, party: "client" } };
  }
  const callerTook = state === "caller-answered" || state === "callee-ringing";
  const party = callerTook && OF_THE_CALLEE.has(end.cause) ? "callee" : end.party;
  return { state: "ended", evidence, end: { ...end, party } };
}
