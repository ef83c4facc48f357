import type { Device, Platform, RequestOptions, User } from "../../call/telephony.js";
import type { ApiClient } from "../api/api-client.js";
import { decodeDevices } from "../api/wire.js";
import { allDevicesPath } from "./neo-assumptions.js";
import type { PlatformFinder } from "./platform-finder.js";
import type { RecentRead } from "./recent-read.js";

/** What reads the user's phones. User and platform are asked for only if nobody has done so within seconds. */
export function createDevicesRead(api: ApiClient, finder: PlatformFinder, user: RecentRead<User>) {
  return async (options?: RequestOptions): Promise<Device[]> => {
    const [{ id }, platform] = await Promise.all([user.recent(options), finder.find(options)]);
    return readDevices(api, id, platform, options);
  };
}

/** The phones of a user. */
function readDevices(
  api: ApiClient,
  userId: string,
  platform: Platform | undefined,
  options?: RequestOptions,
): Promise<Device[]> {
  const devices = `/${encodeURIComponent(userId)}/devices`;
  const path = platform === "neo" ? allDevicesPath(devices) : devices;
  return api.read(
    { method: "GET", path, purpose: "list the devices", scope: "devices:read" },
    decodeDevices,
    options,
  );
}
