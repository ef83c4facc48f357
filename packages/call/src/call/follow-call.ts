import { type CallChange, type CallState, canBecome, type Evidence, isOver } from "./call-state.js";
import type { CallEnd } from "./end-cause.js";
import type { Sighting, Watcher } from "./watch-calls.js";

export interface FollowOptions {
  /** Stops following; the call goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a sign of the call after which following gives up. Default: 300,000. */
  readonly patience?: number | undefined;
}

const PATIENCE = 300_000;
// Not known: how long the history takes to show a call. Milliseconds that are allowed for it once a call is gone.
const HISTORY_LAG = 20_000;

const NOTHING_KNOWN: CallEnd = { cause: "unknown", party: undefined, duration: undefined, raw: undefined };

/**
 * Follows one call to its end: what is seen of it becomes the states it has come to, each told once. Many calls can
 * be followed at the same time; the requests for it don't grow with their number.
 */
export async function* followCall(
  watcher: Watcher,
  callId: string,
  channelId: string | undefined,
  options: FollowOptions = {},
): AsyncGenerator<CallChange, void, undefined> {
  const { signal, patience = PATIENCE } = options;
  let state: CallState = "accepted";
  let lastSign = Date.now();
  yield { state, evidence: "response", at: new Date(), notes: [] };
  for await (const sighting of watcher.watch(callId, channelId, signal)) {
    if (sighting.running === "both-parties" || sighting.running === "one-party") lastSign = Date.now();
    const news = newsOf(sighting, state, Date.now() - lastSign, patience);
    if (news === undefined || !canBecome(state, news.state)) continue;
    state = news.state;
    yield { ...news, at: new Date(), notes: sighting.notes };
    if (isOver(state)) return;
  }
}

interface News {
  readonly state: CallState;
  readonly evidence: Evidence;
  readonly end?: CallEnd;
}

/** What a look means for a call that was in a state, `silence` milliseconds after it was last seen. */
function newsOf(sighting: Sighting, state: CallState, silence: number, patience: number): News | undefined {
  const { running, record, recordsHidden } = sighting;
  if (record !== undefined) return { state: "ended", evidence: "history", end: record.end };
  if (running === "both-parties") return { state: "connected", evidence: "poll" };
  if (running === "one-party") return { state: "caller-answered", evidence: "poll" };
  const wasSeen = state === "connected" || state === "caller-answered";
  // It was listed and no longer is: it's over. Why, only the history tells, and that may take a while.
  if (running === "absent" && wasSeen && (recordsHidden || silence > HISTORY_LAG)) {
    return { state: "ended", evidence: "poll", end: NOTHING_KNOWN };
  }
  const nothingToSee = running === "hidden" && recordsHidden;
  return nothingToSee || silence > patience ? { state: "unknown", evidence: "timer" } : undefined;
}
