import type { CheckedCallRequest } from "../../call/call-request.js";
import type { SendOptions } from "../../call/telephony.js";
import type { ApiClient, ApiRequest } from "../api/api-client.js";
import { firstText, WireError } from "../http/json.js";
import type { SipgateCall } from "./placed-call.js";

/** The request that places a call on the classic platform. Source: sipgate's OpenAPI document, `newCall`. */
export function classicRequest(request: CheckedCallRequest): ApiRequest {
  return {
    method: "POST",
    path: "/sessions/calls",
    body: { ...request },
    purpose: "place the call",
    scope: "sessions:calls:write",
    placesCall: true,
    callIdFields: ["sessionId"],
  };
}

export function placeOnClassic(
  api: ApiClient,
  request: CheckedCallRequest,
  options: SendOptions,
): Promise<SipgateCall> {
  return api.read(
    classicRequest(request),
    (answer, { status, body }) => {
      const callId = firstText(answer, ["sessionId"]);
      if (callId === undefined) throw new WireError("sessionId is missing.");
      return { callId, sessionId: callId, platform: "classic", response: { status, body }, warnings: [] };
    },
    options,
  );
}
