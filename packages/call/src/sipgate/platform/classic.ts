import type { CheckedCallRequest } from "../../call/call-request.js";
import type { OrderOptions, PlacedCall } from "../../call/telephony.js";
import type { Rest, RestRequest } from "../api/api-client.js";
import { firstText, WireError } from "../http/json.js";

/** The request that places a call on the classic platform. Source: sipgate's OpenAPI document, `newCall`. */
export function classicOrder(request: CheckedCallRequest): RestRequest {
  return {
    method: "POST",
    path: "/sessions/calls",
    body: { ...request },
    purpose: "place the call",
    scope: "sessions:calls:write",
    dials: true,
  };
}

export function placeOnClassic(
  rest: Rest,
  request: CheckedCallRequest,
  options: OrderOptions,
): Promise<PlacedCall> {
  return rest.read(
    classicOrder(request),
    (answer, { status, body }) => {
      const sessionId = firstText(answer, ["sessionId"]);
      if (sessionId === undefined) throw new WireError("sessionId is missing.");
      return { sessionId, platform: "classic", status, body, warnings: [] };
    },
    options,
  );
}
