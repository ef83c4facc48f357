import type { CheckedCallRequest } from "../../call/call-request.js";
import { InvalidRequestError } from "../../call/errors.js";
import type { Platform } from "../../call/telephony.js";
import type { DescribedRequest, Rest } from "../api/api-client.js";
import { classicOrder } from "./classic.js";
import { neoOrders } from "./neo.js";

/** A request that placing a call would send. */
export interface PlannedRequest extends DescribedRequest {
  readonly platform: Platform;
}

/** What would be sent to place a call. Where the platform isn't known, neo's request follows a refusal by classic. */
export function planOrders(
  rest: Rest,
  platform: Platform | undefined,
  request: CheckedCallRequest,
): PlannedRequest[] {
  const classic = (): PlannedRequest => ({ platform: "classic", ...rest.describe(classicOrder(request)) });
  const neo = (): PlannedRequest[] =>
    neoOrders(request)
      .slice(0, 1)
      .map((order) => ({ platform: "neo", ...rest.describe(order) }));
  if (platform === "classic") return [classic()];
  if (platform === "neo") return neo();
  return [classic(), ...ifPossible(neo)];
}

/** Some requests only classic can carry, such as one whose caller is a phone number. */
function ifPossible(neo: () => PlannedRequest[]): PlannedRequest[] {
  try {
    return neo();
  } catch (error) {
    if (error instanceof InvalidRequestError) return [];
    throw error;
  }
}
