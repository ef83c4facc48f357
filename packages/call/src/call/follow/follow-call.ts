import { type Clock, dateOf } from "../clock.js";
import { checkOptions, type Rules } from "../options.js";
import { isMilliseconds, ownSignal, REQUEST_RULES } from "../request-options.js";
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

/** Options of `follow` and `outcome`. */
export interface FollowOptions {
  /**
   * Stops following; the call goes on.
   *
   * @default the call is followed to its end
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds without an observation of the call after which following gives up.
   *
   * @default 300_000
   */
  readonly giveUpAfterMs?: number | undefined;
}

/** The call that's followed. */
export interface FollowedCall {
  readonly callId: string;
  /** Whether this very response says that the call was accepted. */
  readonly wasJustPlaced: boolean;
  /** Whether it's known by now that the caller's phone rings first, and the callee's once it's answered. */
  callerRingsFirst(): boolean;
  /** The channels that it may go through (neo). Undefined: any of the account's. */
  readonly channelIds: readonly string[] | undefined;
  /** Whether this program has had it hung up by now. */
  hungUpByClient(): boolean;
}

const GIVE_UP_AFTER_MS = 300_000;

/**
 * Follows one call to its end: turns observations into the states that it has reached, each reported once.
 * Many calls can be followed at the same time. The number of requests doesn't grow with them.
 *
 * @param open returns what is known of the call; following rejects with what it throws
 * @param onCancel gets a function that ends following while the next change is awaited
 */
export async function* followCall(
  clock: Clock,
  watcher: Watcher,
  open: () => FollowedCall,
  options: FollowOptions = {},
  onCancel?: OnCancel,
): AsyncGenerator<CallChange, void, undefined> {
  const call = open();
  checkOptions(options, FOLLOW_RULES);
  const { giveUpAfterMs = GIVE_UP_AFTER_MS } = options;
  const signal = ownSignal(options.signal);
  let progress: Progress = {
    state: "accepted",
    callerRingsFirst: call.callerRingsFirst(),
    lastSeenAt: clock.monotonicMs(),
    wasListed: false,
    goneSince: undefined,
    startedAt: undefined,
    goesOnAt: undefined,
    connectedAt: undefined,
    hungUp: undefined,
    hungUpByClient: false,
  };
  if (call.wasJustPlaced) yield { state: "accepted", evidence: "response", at: clock.now(), notes: [] };
  const subscription = watcher.watch(call.callId, call.channelIds, { signal, onCancel });
  try {
    for (let observation = await subscription.next(); observation; observation = await subscription.next()) {
      const now = observation.kind === "push" ? observation.event.receivedAt : clock.monotonicMs();
      progress = {
        ...progressAfter(observation, progress, clock.monotonicMs()),
        callerRingsFirst: call.callerRingsFirst(),
        hungUpByClient: call.hungUpByClient(),
      };
      const change =
        observation.kind === "poll"
          ? changeFromPoll(observation, progress, giveUpAfterMs)
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

const FOLLOW_RULES: Rules<FollowOptions> = {
  signal: REQUEST_RULES.signal,
  giveUpAfterMs: {
    fits: (value) => isMilliseconds(value, Number.MIN_VALUE, Number.POSITIVE_INFINITY),
    message: "It must be a number of milliseconds above zero.",
    remedy: `Leave it out for ${GIVE_UP_AFTER_MS}.`,
  },
};

/** Notes what shows that the call still runs, and a pushed end that waits for the history. */
function progressAfter(observation: Observation, progress: Progress, now: number): Progress {
  return observation.kind === "poll"
    ? afterPoll(observation, progress)
    : afterPush(observation.event, progress, now);
}

function afterPoll({ running, begunAt }: PollResult, progress: Progress): Progress {
  if (running === "absent") {
    // A poll that began before the last observation may lack a call that has come since.
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
  const { direction, receivedAt } = event;
  const kind = direction === "in" ? undefined : event.kind;
  const end = event.kind === "hangup" && kind !== undefined ? event.end : undefined;
  const waits = end !== undefined && isAmbiguous(end, progress);
  const goesOn = kind === "new-call" || kind === "answer";
  return {
    ...progress,
    // Events may be reported late; time never goes back for that.
    lastSeenAt: Math.max(progress.lastSeenAt, receivedAt),
    startedAt: kind === "new-call" ? (progress.startedAt ?? receivedAt) : progress.startedAt,
    goesOnAt: goesOn ? receivedAt : progress.goesOnAt,
    hungUp: waits ? { at: now, end } : progress.hungUp,
  };
}

function after({ state, evidence }: StateChange, progress: Progress, now: number): Progress {
  const isPushed = state === "connected" && evidence === "push";
  return { ...progress, state, connectedAt: isPushed ? now : progress.connectedAt };
}
