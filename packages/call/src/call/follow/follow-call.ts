import { InvalidRequestError } from "../errors.js";
import { signalOf } from "../request-options.js";
import type { Platform } from "../telephony.js";
import { mayMeanMore, type News, newsOfLook, newsOfPush, type Progress } from "./call-progress.js";
import { type CallChange, canBecome, isOver } from "./call-state.js";
import type { Look, OnReturn, Sighting, Watcher } from "./observation.js";
import type { PushedEvent } from "./pushed-event.js";

export interface FollowOptions {
  /** Stops following; the call goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a sign of the call after which following gives up. Default: 300,000. */
  readonly patience?: number | undefined;
}

/** The call that's followed. */
export interface FollowedCall {
  readonly callId: string;
  readonly platform: Platform;
  /** The channel that it goes through (neo). */
  readonly channelId: string | undefined;
  /** Whether this program has had it hung up by now. */
  hungUpByClient(): boolean;
}

const PATIENCE = 300_000;

/**
 * Follows one call to its end: what is seen of it becomes the states it has come to, each told once. Many calls can
 * be followed at the same time; the requests for it don't grow with their number.
 *
 * @param onReturn is handed what ends it while the next change is awaited
 */
export async function* followCall(
  watcher: Watcher,
  call: FollowedCall,
  options: FollowOptions = {},
  onReturn?: OnReturn,
): AsyncGenerator<CallChange, void, undefined> {
  const { patience, signal } = checkedOptions(options);
  let progress: Progress = {
    state: "accepted",
    platform: call.platform,
    lastSign: Date.now(),
    wasListed: false,
    goneSince: undefined,
    startedAt: undefined,
    connectedAt: undefined,
    hungUp: undefined,
    hungUpByClient: false,
  };
  yield { state: "accepted", evidence: "response", at: new Date(), notes: [] };
  const watching = watcher.watch(call.callId, call.channelId, { signal, onReturn });
  try {
    for (let sighting = await watching.next(); sighting; sighting = await watching.next()) {
      const now = sighting.kind === "push" ? sighting.event.at.getTime() : Date.now();
      progress = { ...signsOf(sighting, progress), hungUpByClient: call.hungUpByClient() };
      const news =
        sighting.kind === "look"
          ? newsOfLook(sighting, progress, now, patience)
          : newsOfPush(sighting.event, progress, now);
      if (news === undefined || !canBecome(progress.state, news.state)) continue;
      progress = after(news, progress, now);
      yield { ...news, at: new Date(now), notes: sighting.kind === "look" ? sighting.notes : [] };
      if (isOver(news.state)) return;
    }
  } finally {
    watching.stop();
  }
}

/** @throws InvalidRequestError for options that can't be used */
function checkedOptions(options: FollowOptions) {
  const signal = signalOf(options);
  const { patience = PATIENCE } = options;
  if (typeof patience === "number" && patience > 0) return { signal, patience };
  const message = "It must be a number of milliseconds above zero.";
  throw new InvalidRequestError([
    { field: "patience", code: "invalid", message, remedy: `Leave it out for ${PATIENCE}.` },
  ]);
}

/** A sign of life, and a pushed end that waits for the history. */
function signsOf(sighting: Sighting, progress: Progress): Progress {
  return sighting.kind === "look" ? afterLook(sighting, progress) : afterPush(sighting.event, progress);
}

function afterLook({ running, begunAt }: Look, progress: Progress): Progress {
  if (running === "absent") {
    // What a look that began before the last sign doesn't see may have come since.
    const isGone = progress.wasListed && begunAt > progress.lastSign;
    return isGone ? { ...progress, goneSince: progress.goneSince ?? begunAt } : progress;
  }
  const isSeen = running === "both-parties" || running === "caller-only" || running === "one-party";
  return isSeen
    ? { ...progress, wasListed: true, lastSign: Math.max(progress.lastSign, begunAt), goneSince: undefined }
    : progress;
}

function afterPush({ kind, cause = "", direction, at }: PushedEvent, progress: Progress): Progress {
  const waits = kind === "hangup" && direction !== "in" && mayMeanMore(cause, progress);
  return {
    ...progress,
    // Events may be told late; time never goes back for that.
    lastSign: Math.max(progress.lastSign, at.getTime()),
    startedAt: kind === "new-call" && direction !== "in" ? at.getTime() : progress.startedAt,
    hungUp: waits ? { at: Date.now(), word: cause } : progress.hungUp,
  };
}

function after({ state, evidence }: News, progress: Progress, now: number): Progress {
  const isPushed = state === "connected" && evidence === "push";
  return { ...progress, state, connectedAt: isPushed ? now : progress.connectedAt };
}
