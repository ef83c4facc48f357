import { outcomeOf } from "../call/call-outcome.js";
import { type FollowedCall, followCall } from "../call/follow-call.js";
import type { OnReturn } from "../call/sighting.js";
import { CallWatcher } from "../call/watch-calls.js";
import type { Call } from "./call.js";
import type { PlatformFinder } from "./platform.js";
import { readRecords } from "./records.js";
import type { Rest } from "./rest.js";
import { readCalls } from "./running-calls.js";

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
