import { followCall } from "../call/follow-call.js";
import { CallWatcher } from "../call/watch-calls.js";
import type { Call } from "./client.js";
import type { PlatformFinder } from "./platform.js";
import { readRecords } from "./records.js";
import type { Rest } from "./rest.js";
import { readCalls } from "./running-calls.js";

/** What follows the calls of one client: all of them share one watcher, so that requests don't grow with calls. */
export function createFollowing(rest: Rest, finder: PlatformFinder) {
  const watcher = new CallWatcher({
    calls: () => readCalls(rest),
    records: async (query) => readRecords(rest, await finder.known(), query),
  });
  return (callId: string, channelId: string | undefined, options?: Parameters<Call["follow"]>[0]) =>
    followCall(watcher, callId, channelId, options);
}
