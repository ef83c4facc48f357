import type { CheckedCallRequest } from "../../call/call-request.js";
import type { SendOptions } from "../../call/telephony.js";
import type { ApiClient } from "../api/api-client.js";
import type { ApiRequest } from "../api/api-request.js";
import { placedBy, type SipgateCall } from "./placed-call.js";

const CALL_ID_FIELDS = ["sessionId"];

/** The request that places a call on the classic platform. Source: sipgate's OpenAPI document, `newCall`. */
export function classicRequest(request: CheckedCallRequest): ApiRequest {
  return {
    method: "POST",
    path: "/sessions/calls",
    body: { ...request },
    purpose: "place the call",
    scope: "sessions:calls:write",
    placesCall: true,
    callIdFields: CALL_ID_FIELDS,
  };
}

export function placeOnClassic(
  api: ApiClient,
  request: CheckedCallRequest,
  options: SendOptions,
): Promise<SipgateCall> {
  return api.read(
    classicRequest(request),
    (answer, response) => placedBy("classic", CALL_ID_FIELDS, answer, response),
    options,
  );
}
