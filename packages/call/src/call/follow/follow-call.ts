import { type Clock, dateOf } from "../clock.js";
import { InvalidRequestError } from "../errors.js";
import { signalOf } from "../request-options.js";
import {
  changeFromPoll,
  changeFromPush,
  isAmbiguous,
  type Progress,
  type StateChange,
} from "./call-progress.js";
import { type CallChange, canBecome, isOver } from "./call-state.js";
import type { Observation, OnCancel, PollResult, Watcher } from "./observation.js";
import type { PushedEvent } from "./pushed-event.js";

export interface FollowOptions {
  /** Stops following; the call goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a sign of the call after which following gives up. Default: 300,000. */
  readonly giveUpAfterMs?: number | undefined;
}

/** The call that's followed. */
export interface FollowedCall {
  readonly callId: string;
  /** Whether the caller's phone is known to ring first, and the callee's once it's answered. */
  readonly callerRingsFirst: boolean;
  /** The channel that it goes through (neo). */
  readonly channelId: string | undefined;
  /** Whether this program has had it hung up by now. */
  hungUpByClient(): boolean;
}

const GIVE_UP_AFTER_MS = 300_000;

/**
 * Follows one call to its end: what is seen of it becomes the states it has come to, each told once. Many calls can
 * be followed at the same time; the requests for it don't grow with their number.
 *
 * @param onReturn is handed what ends it while the next change is awaited
 */
export async function* followCall(
  clock: Clock,
  watcher: Watcher,
  call: FollowedCall,
  options: FollowOptions = {},
  onCancel?: OnCancel,
): AsyncGenerator<CallChange, void, undefined> {
  const { giveUpAfterMs, signal } = checkedOptions(options);
  let progress: Progress = {
    state: "accepted",
    callerRingsFirst: call.callerRingsFirst,
    lastSeenAt: clock.monotonicMs(),
    wasListed: false,
    goneSince: undefined,
    startedAt: undefined,
    connectedAt: undefined,
    hungUp: undefined,
    hungUpByClient: false,
  };
  yield { state: "accepted", evidence: "response", at: clock.now(), notes: [] };
  const subscription = watcher.watch(call.callId, call.channelId, { signal, onCancel });
  try {
    for (let observation = await subscription.next(); observation; observation = await subscription.next()) {
      const now = observation.kind === "push" ? observation.event.receivedAt : clock.monotonicMs();
      progress = {
        ...progressAfter(observation, progress, clock.monotonicMs()),
        hungUpByClient: call.hungUpByClient(),
      };
      const change =
        observation.kind === "poll"
          ? changeFromPoll(observation, progress, now, giveUpAfterMs)
          : changeFromPush(observation.event, progress, now);
      if (change === undefined || !canBecome(progress.state, change.state)) continue;
      progress = after(change, progress, now);
      yield {
        ...change,
        at: dateOf(clock, now),
        notes: observation.kind === "poll" ? observation.notes : [],
      };
      if (isOver(change.state)) return;
    }
  } finally {
    subscription.stop();
  }
}

/** @throws InvalidRequestError for options that can't be used */
function checkedOptions(options: FollowOptions) {
  const signal = signalOf(options);
  const { giveUpAfterMs = GIVE_UP_AFTER_MS } = options;
  if (typeof giveUpAfterMs === "number" && giveUpAfterMs > 0) return { signal, giveUpAfterMs };
  const message = "It must be a number of milliseconds above zero.";
  throw new InvalidRequestError([
    { field: "giveUpAfterMs", code: "invalid", message, remedy: `Leave it out for ${GIVE_UP_AFTER_MS}.` },
  ]);
}

/** A sign of life, and a pushed end that waits for the history. */
function progressAfter(observation: Observation, progress: Progress, now: number): Progress {
  return observation.kind === "poll"
    ? afterPoll(observation, progress)
    : afterPush(observation.event, progress, now);
}

function afterPoll({ running, begunAt }: PollResult, progress: Progress): Progress {
  if (running === "absent") {
    // What a look that began before the last sign doesn't see may have come since.
    const isGone = progress.wasListed && begunAt > progress.lastSeenAt;
    return isGone ? { ...progress, goneSince: progress.goneSince ?? begunAt } : progress;
  }
  const isSeen = running === "both-parties" || running === "caller-only" || running === "one-party";
  return isSeen
    ? {
        ...progress,
        wasListed: true,
        lastSeenAt: Math.max(progress.lastSeenAt, begunAt),
        goneSince: undefined,
      }
    : progress;
}

function afterPush(event: PushedEvent, progress: Progress, now: number): Progress {
  const { kind, direction, receivedAt } = event;
  const end = event.kind === "hangup" && direction !== "in" ? event.end : undefined;
  const waits = end !== undefined && isAmbiguous(end, progress);
  return {
    ...progress,
    // Events may be told late; time never goes back for that.
    lastSeenAt: Math.max(progress.lastSeenAt, receivedAt),
    startedAt: kind === "new-call" && direction !== "in" ? receivedAt : progress.startedAt,
    hungUp: waits ? { at: now, end } : progress.hungUp,
  };
}

function after({ state, evidence }: StateChange, progress: Progress, now: number): Progress {
  const isPushed = state === "connected" && evidence === "push";
  return { ...progress, state, connectedAt: isPushed ? now : progress.connectedAt };
}
