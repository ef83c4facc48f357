import type { CheckedCallRequest } from "../call/call-request.js";
import type { Clock } from "../call/clock.js";
import type { InvalidRequestError } from "../call/errors.js";
import { type Preflight, preflight } from "../call/preflight/preflight.js";
import type { RequestOptions, Telephony, User } from "../call/telephony.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import { readRecords } from "../sipgate/api/call-log.js";
import { readDevices } from "../sipgate/platform/devices.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";
import { preflightRules } from "../sipgate/platform/preflight-rules.js";
import type { Reads } from "./reads.js";

/** @param request the checked request, or what is wrong with it: that's a result, too */
export function runPreflight(
  clock: Clock,
  reads: Reads,
  api: ApiClient,
  finder: PlatformFinder,
  request: CheckedCallRequest | InvalidRequestError,
  options?: RequestOptions,
): Promise<Preflight> {
  return preflight(clock, sourceOf(reads, api, finder), preflightRules, request, options);
}

/** What a preflight reads. The user is requested once, although reading the devices needs it, too. */
function sourceOf(reads: Reads, api: ApiClient, finder: PlatformFinder) {
  let user: Promise<User> | undefined;
  const whoami = (options?: RequestOptions) => {
    user ??= reads.whoami(options);
    return user;
  };
  return {
    ...reads,
    whoami,
    devices: async (options?: RequestOptions) => {
      const [{ id }, platform] = await Promise.all([whoami(options), finder.find(options)]);
      return readDevices(api, id, platform, options);
    },
    records: async (...[query, options]: Parameters<Telephony["records"]>) =>
      readRecords(api, await finder.find(options), query, options),
  };
}
