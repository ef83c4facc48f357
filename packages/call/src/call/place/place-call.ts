import type { CheckedCallRequest } from "../call-request.js";
import { CallError } from "../errors.js";
import { warningsOf } from "../number/premium-rate.js";
import type { PlacedCall, PlaceOptions, SendOptions, Telephony } from "../telephony.js";
import { type CallLookup, type SearchedCall, searchIfWanted } from "./search-call.js";

/**
 * Places a call: hands a checked request to the telephone system once.
 *
 * @throws CallError telling by `placed` whether anything was dialled; where that isn't known, by `search` what was found
 */
export async function placeCall(
  telephony: Pick<Telephony, "place">,
  lookup: CallLookup,
  request: CheckedCallRequest,
  options: PlaceOptions & SendOptions = {},
): Promise<PlacedCall> {
  const warnings = await warningsOf(request.callee); // Before the call: nothing may fail once it's placed.
  let sentAt = Date.now();
  const beforeSending = async () => {
    await options.beforeSending?.();
    sentAt = Date.now();
  };
  try {
    const placed = await telephony.place(request, { ...options, beforeSending });
    return { ...placed, warnings: [...warnings, ...placed.warnings] };
  } catch (error) {
    if (!(error instanceof CallError) || error.placed !== "unknown") throw error;
    throw await withSearch(error, lookup, { request, sentAt }, options);
  }
}

async function withSearch(
  error: CallError,
  lookup: CallLookup,
  call: SearchedCall,
  options: PlaceOptions,
): Promise<CallError> {
  const search = await searchIfWanted(lookup, call, options);
  return search === undefined
    ? error
    : new CallError(error.code, error.message, { ...error, cause: error.cause, search });
}
