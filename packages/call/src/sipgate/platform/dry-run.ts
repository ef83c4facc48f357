import type { CheckedCallRequest } from "../../call/call-request.js";
import { InvalidRequestError } from "../../call/errors.js";
import type { Platform } from "../../call/telephony.js";
import type { ApiClient, DescribedRequest } from "../api/api-client.js";
import { classicRequest } from "./classic.js";
import { neoRequests } from "./neo.js";

/** A request that placing a call would send. */
export interface PlannedRequest extends DescribedRequest {
  /** The platform that the request is for. */
  readonly platform: Platform;
}

/** What would be sent to place a call. If the platform isn't known, neo's follows a refusal by classic. */
export function dryRunRequests(
  api: ApiClient,
  platform: Platform | undefined,
  request: CheckedCallRequest,
): PlannedRequest[] {
  const classic = (): PlannedRequest => ({ platform: "classic", ...api.describe(classicRequest(request)) });
  const neo = (): PlannedRequest[] =>
    neoRequests(request)
      .slice(0, 1)
      .map((request) => ({ platform: "neo", ...api.describe(request) }));
  if (platform === "classic") return [classic()];
  if (platform === "neo") return neo();
  return [classic(), ...ifPossible(neo)];
}

/** Only classic can carry some requests, such as one whose caller is a phone number. */
function ifPossible(neo: () => PlannedRequest[]): PlannedRequest[] {
  try {
    return neo();
  } catch (error) {
    if (error instanceof InvalidRequestError) return [];
    throw error;
  }
}
