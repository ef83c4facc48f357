import type { Device, Platform, RequestOptions } from "../../call/telephony.js";
import type { ApiClient } from "../api/api-client.js";
import { decodeDevices } from "../api/wire.js";
import { allDevicesPath } from "./neo-assumptions.js";

/** The phones of a user. */
export function readDevices(
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
