import { type CallRequest, checkCallRequest } from "./call-request.js";
import type { PlacedCall, RequestOptions, Telephony } from "./telephony.js";

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
  options: RequestOptions = {},
): Promise<PlacedCall> {
  return telephony.place(await checkCallRequest(request, defaultCountry), options);
}
