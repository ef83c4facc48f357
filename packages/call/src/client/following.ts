import { outcomeOf } from "../call/follow/call-outcome.js";
import { CallWatcher } from "../call/follow/call-watcher.js";
import { type FollowedCall, followCall } from "../call/follow/follow-call.js";
import type { OnReturn } from "../call/follow/observation.js";
import type { Rest } from "../sipgate/api/api-client.js";
import { readRecords } from "../sipgate/api/call-records.js";
import { readCalls } from "../sipgate/api/running-calls.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";
import type { Call } from "./call.js";

/** What follows the calls of one client: all of them share one watcher, so that requests don't grow with calls. */
export function createFollowing(rest: Rest, finder: PlatformFinder) {
  const inlet = new CallWatcher({
    calls: (options) => readCalls(rest, options),
    records: async (query, options) => readRecords(rest, await finder.known(), query, options),
  });
  const follow = (call: FollowedCall, options?: Parameters<Call["follow"]>[0], onReturn?: OnReturn) =>
    followCall(inlet, call, options, onReturn);
  return {
    inlet,
    hurry: () => inlet.hurry(),
    follow,
    outcome: (call: FollowedCall, options?: Parameters<Call["follow"]>[0]) =>
      outcomeOf(follow(call, options)),
  };
}
