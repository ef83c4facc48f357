import { type CallRequest, checkCallRequest } from "./call-request.js";
import { warningsOf } from "./costly-numbers.js";
import type { PlacedCall, PlaceOptions, Telephony } from "./telephony.js";

/**
 * Places a call: checks the request, then hands it to the telephone system once.
 *
 * @param defaultCountry where numbers without a country code are dialled, two letters. Default: `DE`
 * @throws InvalidRequestError naming everything that's wrong; nothing was sent then
 * @throws CallError telling by `placed` whether anything was dialled
 */
export async function placeCall(
  telephony: Pick<Telephony, "place">,
  request: CallRequest,
  defaultCountry?: string,
  options: PlaceOptions = {},
): Promise<PlacedCall> {
  const checked = await checkCallRequest(request, defaultCountry);
  const warnings = await warningsOf(checked.callee); // Before the call: nothing may fail once it's placed.
  const placed = await telephony.place(checked, options);
  return { ...placed, warnings: [...warnings, ...placed.warnings] };
}
