// What a client reads of an account. Loaded when it's used: most calls are placed without.
import { checkRequestOptions } from "../call/request-options.js";
import type { RequestOptions, Telephony } from "../call/telephony.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";

/** The methods that read. They take checked options. */
export type Reads = Omit<Telephony, "place" | "command" | "records">;

export function createReads(api: ApiClient, finder: PlatformFinder): Reads {
  const account = () => import("../sipgate/api/account.js");
  const whoami = async (options?: RequestOptions) => (await account()).readUser(api, options);
  return {
    async devices(options) {
      const [user, platform] = await Promise.all([whoami(options), finder.find(options)]);
      return (await import("../sipgate/platform/devices.js")).readDevices(api, user.id, platform, options);
    },
    numbers: async (options) => (await account()).readNumbers(api, options),
    channels: async (options) => (await account()).readChannels(api, options),
    balance: async (options) => (await account()).readBalance(api, options),
    callRestrictions: async (options) => (await account()).readRestrictions(api, options),
    calls: async (options) => (await import("../sipgate/api/running-calls.js")).readCalls(api, options),
    whoami,
    platform: (options) => finder.find(options),
  };
}

/** The same methods for programs: what they hand over is checked. */
export function checkedReads(reads: Reads): Reads {
  const checked =
    <T>(read: (options?: RequestOptions) => Promise<T>) =>
    async (options?: RequestOptions) => {
      checkRequestOptions(options);
      return read(options);
    };
  return {
    devices: checked(reads.devices),
    numbers: checked(reads.numbers),
    channels: checked(reads.channels),
    balance: checked(reads.balance),
    callRestrictions: checked(reads.callRestrictions),
    calls: checked(reads.calls),
    whoami: checked(reads.whoami),
    platform: checked(reads.platform),
  };
}
