import type { RequestOptions, Telephony, User } from "../call/telephony.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import { readRecords } from "../sipgate/api/call-log.js";
import { readDevices } from "../sipgate/platform/devices.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";
import type { Reads } from "./reads.js";

/** What a preflight reads, with each request made once: the user is asked for here, and for the devices too. */
export function preflightSource(reads: Reads, api: ApiClient, finder: PlatformFinder) {
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
