// Calls that are running ("RTCM"). Source: sipgate's OpenAPI document and its rtcm.md.
import type { CallCommand, RequestOptions, RunningCall } from "../../call/telephony.js";
import type { ApiClient } from "./api-client.js";
import type { ApiRequest } from "./api-request.js";
import { decodeCalls } from "./wire.js";

export function readCalls(api: ApiClient, options?: RequestOptions): Promise<RunningCall[]> {
  const request = {
    method: "GET",
    path: "/calls",
    purpose: "list the running calls",
    scope: "rtcm:read",
  } as const;
  return api.read(request, decodeCalls, options);
}

const NO_SUCH_CALL = {
  code: "call-not-found",
  message: "sipgate knows no such running call: it has ended, or it still rings",
  remedy: "See what is running with client.calls().",
} as const;

export function commandCall(
  api: ApiClient,
  callId: string,
  command: CallCommand,
  options?: RequestOptions,
): Promise<void> {
  const request = requestFor(command);
  const path = `/calls/${encodeURIComponent(callId)}${request.path}`;
  return api.command({ ...request, path, callId, scope: "rtcm:write", notFound: NO_SUCH_CALL }, options);
}

/** The request of each command; its path follows that of the call. */
function requestFor(command: CallCommand): Omit<ApiRequest, "scope"> {
  switch (command.kind) {
    case "hang-up":
      return { method: "DELETE", path: "", purpose: "hang up" };
    case "mute":
      return { method: "PUT", path: "/muted", body: { value: command.on }, purpose: "mute" };
    case "hold":
      return { method: "PUT", path: "/hold", body: { value: command.on }, purpose: "hold the call" };
    case "record": {
      const body = { value: command.on, announcement: command.announced };
      return { method: "PUT", path: "/recording", body, purpose: "record the call" };
    }
    case "dtmf":
      return {
        method: "POST",
        path: "/dtmf",
        body: { sequence: command.sequence },
        purpose: "send the tones",
      };
    case "announce":
      return {
        method: "POST",
        path: "/announcements",
        body: { url: command.url },
        purpose: "play the sound",
      };
    case "transfer": {
      const { attended, to, callerId } = command;
      const body = { attended, phoneNumber: to, ...(callerId === undefined ? {} : { callerId }) };
      return { method: "POST", path: "/transfer", body, purpose: "transfer the call", placesCall: true };
    }
  }
}
