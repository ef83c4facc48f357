import type { Clock } from "../call/clock.js";
import { AwakeClock } from "../call/follow/awake-clock.js";
import { waitForOutcome } from "../call/follow/call-outcome.js";
import { CallWatcher } from "../call/follow/call-watcher.js";
import { type FollowedCall, type FollowOptions, followCall } from "../call/follow/follow-call.js";
import type { OnCancel } from "../call/follow/observation.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import { readRecords } from "../sipgate/api/call-log.js";
import { readCalls } from "../sipgate/api/running-calls.js";
import { capturedContext } from "../sipgate/async-context.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";

/** Follows the calls of one client. */
export type Following = ReturnType<typeof createFollowing>;

/** One watcher serves all calls of the client: the number of requests doesn't grow with them. */
export function createFollowing(systemClock: Clock, api: ApiClient, finder: PlatformFinder) {
  const clock = new AwakeClock(systemClock);
  // It polls for everyone who follows a call, so for nobody's sake alone.
  const inContext = capturedContext();
  const inlet = new CallWatcher(clock, {
    calls: (options) => inContext(() => readCalls(api, options)),
    records: (query, options) =>
      inContext(async () => readRecords(api, await finder.find(options), query, options)),
  });
  const follow = (call: () => FollowedCall, options?: FollowOptions, onCancel?: OnCancel) =>
    followCall(clock, inlet, call, options, onCancel);
  return {
    /** By which pushed events have to be dated. */
    clock,
    inlet,
    hurry: () => inlet.hurry(),
    follow,
    outcome: (call: () => FollowedCall, options?: FollowOptions) =>
      waitForOutcome(follow(call, options), options?.signal),
  };
}
