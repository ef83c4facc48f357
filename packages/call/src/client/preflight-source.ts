import type { RequestOptions, Telephony, User } from "../call/telephony.js";
import { readDevices } from "../sipgate/api/account.js";
import type { Rest } from "../sipgate/api/api-client.js";
import { readRecords } from "../sipgate/api/call-records.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";

/** What a preflight reads, with each request made once: the user is asked for here, and for the devices too. */
export function preflightSource(
  reads: Omit<Telephony, "place" | "command" | "records">,
  rest: Rest,
  finder: PlatformFinder,
) {
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
      return readDevices(rest, id, platform, options);
    },
    records: async (...[query, options]: Parameters<Telephony["records"]>) =>
      readRecords(rest, await finder.find(options), query, options),
  };
}
