// What a client reads of an account.
import { checkRequestOptions } from "../call/request-options.js";
import type { RequestOptions, Telephony } from "../call/telephony.js";
import {
  readBalance,
  readChannels,
  readNumbers,
  readRestrictions,
  readUser,
} from "../sipgate/api/account.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import { readCalls } from "../sipgate/api/running-calls.js";
import { readDevices } from "../sipgate/platform/devices.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";

/** The methods that read. They take checked options. */
export type Reads = Omit<Telephony, "place" | "command" | "records">;

export function createReads(api: ApiClient, finder: PlatformFinder): Reads {
  return {
    async devices(options) {
      const [user, platform] = await Promise.all([readUser(api, options), finder.find(options)]);
      return readDevices(api, user.id, platform, options);
    },
    numbers: (options) => readNumbers(api, options),
    channels: (options) => readChannels(api, options),
    balance: (options) => readBalance(api, options),
    callRestrictions: (options) => readRestrictions(api, options),
    calls: (options) => readCalls(api, options),
    whoami: (options) => readUser(api, options),
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
