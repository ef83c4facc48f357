// What a phone of the user's own registers with. Nothing else reads these secrets.
import type { Platform, RequestOptions, SipAccount } from "../../call/telephony.js";
import type { ApiClient } from "../api/api-client.js";
import { type Json, list, optionalText } from "../http/json.js";
import { allDevicesPath } from "./neo-assumptions.js";

/** @returns undefined if the user has no such VoIP phone, or sipgate doesn't give what it registers with */
export function readSipAccount(
  api: ApiClient,
  userId: string,
  platform: Platform | undefined,
  deviceId: string,
  options?: RequestOptions,
): Promise<SipAccount | undefined> {
  const devices = `/${encodeURIComponent(userId)}/devices`;
  const path = platform === "neo" ? allDevicesPath(devices) : devices;
  const request = {
    method: "GET",
    path,
    purpose: "read what a phone registers with",
    scope: "devices:read",
  } as const;
  return api.read(request, (answer) => decodeSipAccount(answer, deviceId), options);
}

/** v2 names the object `credentials`, v3 `sipCredentials` [reported]. */
function decodeSipAccount(answer: Json, deviceId: string): SipAccount | undefined {
  const device = list(answer, "items").find((item) => item.id === deviceId);
  const given = device?.credentials ?? device?.sipCredentials;
  if (typeof given !== "object" || given === null) return undefined;
  const credentials = Object.fromEntries(Object.entries(given));
  const [username, password, server, websocketUrl] = [
    "username",
    "password",
    "sipServer",
    "sipServerWebsocketUrl",
  ].map((name) => optionalText(credentials, name));
  if (username === undefined || password === undefined || server === undefined || websocketUrl === undefined)
    return undefined;
  return { username, password, server, websocketUrl };
}
