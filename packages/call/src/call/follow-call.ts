import { mayMeanMore, type News, newsOfLook, newsOfPush, type Progress } from "./call-progress.js";
import { type CallChange, canBecome, isOver } from "./call-state.js";
import type { Platform } from "./telephony.js";
import type { Sighting, Watcher } from "./watch-calls.js";

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
 */
export async function* followCall(
  watcher: Watcher,
  call: FollowedCall,
  options: FollowOptions = {},
): AsyncGenerator<CallChange, void, undefined> {
  const { signal, patience = PATIENCE } = options;
  let progress: Progress = {
    state: "accepted",
    platform: call.platform,
    lastSign: Date.now(),
    startedAt: undefined,
    connectedAt: undefined,
    hungUp: undefined,
    hungUpByClient: false,
  };
  yield { state: "accepted", evidence: "response", at: new Date(), notes: [] };
  for await (const sighting of watcher.watch(call.callId, call.channelId, signal)) {
    const now = sighting.kind === "push" ? sighting.event.at.getTime() : Date.now();
    progress = { ...signsOf(sighting, progress, now), hungUpByClient: call.hungUpByClient() };
    const news =
      sighting.kind === "look"
        ? newsOfLook(sighting, progress, now, patience)
        : newsOfPush(sighting.event, progress, now);
    if (news === undefined || !canBecome(progress.state, news.state)) continue;
    progress = after(news, progress, now);
    yield { ...news, at: new Date(now), notes: sighting.kind === "look" ? sighting.notes : [] };
    if (isOver(news.state)) return;
  }
}

/** A sign of life, and a pushed end that waits for the history. */
function signsOf(sighting: Sighting, progress: Progress, now: number): Progress {
  if (sighting.kind === "look") {
    const isSeen =
      sighting.running === "both-parties" ||
      sighting.running === "caller-only" ||
      sighting.running === "one-party";
    return isSeen ? { ...progress, lastSign: now } : progress;
  }
  const { kind, cause = "", direction } = sighting.event;
  const waits = kind === "hangup" && mayMeanMore(cause, progress);
  return {
    ...progress,
    lastSign: now,
    startedAt: kind === "new-call" && direction !== "in" ? now : progress.startedAt,
    hungUp: waits ? { at: now, word: cause } : progress.hungUp,
  };
}

function after({ state, evidence }: News, progress: Progress, now: number): Progress {
  const isPushed = state === "connected" && evidence === "push";
  return { ...progress, state, connectedAt: isPushed ? now : progress.connectedAt };
}
