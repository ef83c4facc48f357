import { type CallRequest, checkCallRequest } from "../call-request.js";
import { CallError } from "../errors.js";
import { warningsOf } from "../number/premium-rate.js";
import type { PlacedCall, PlaceOptions, SendOptions, Telephony } from "../telephony.js";
import type { OpenLookup, SearchedCall } from "./search-call.js";

/**
 * Places a call: checks the request, then hands it to the telephone system once.
 *
 * @param defaultCountry where numbers without a country code are dialled, two letters. Default: `DE`
 * @throws InvalidRequestError naming everything that's wrong; nothing was sent then
 * @throws CallError telling by `placed` whether anything was dialled; where that isn't known, by `search` what was found
 */
export async function placeCall(
  telephony: Pick<Telephony, "place">,
  lookup: OpenLookup,
  request: CallRequest,
  defaultCountry?: string,
  options: PlaceOptions & SendOptions = {},
): Promise<PlacedCall> {
  const checked = await checkCallRequest(request, defaultCountry);
  const warnings = await warningsOf(checked.callee); // Before the call: nothing may fail once it's placed.
  let sentAt = Date.now();
  const beforeSending = async () => {
    await options.beforeSending?.();
    sentAt = Date.now();
  };
  try {
    const placed = await telephony.place(checked, { ...options, beforeSending });
    return { ...placed, warnings: [...warnings, ...placed.warnings] };
  } catch (error) {
    if (!(error instanceof CallError) || error.placed !== "unknown") throw error;
    throw await withSearch(error, lookup, { request: checked, sentAt }, options);
  }
}

async function withSearch(
  error: CallError,
  lookup: OpenLookup,
  call: SearchedCall,
  options: PlaceOptions,
): Promise<CallError> {
  const { searchIfWanted } = await import("./search-call.js");
  const search = await searchIfWanted(lookup, call, options);
  return search === undefined
    ? error
    : new CallError(error.code, error.message, { ...error, cause: error.cause, search });
}
