import type { CheckedCallRequest } from "../call-request.js";
import type { Clock } from "../clock.js";
import { CallError } from "../errors.js";
import { warningsOf } from "../number/premium-rate.js";
import type { PlacedCall, PlaceOptions, SendOptions, Telephony } from "../telephony.js";
import { type CallLookup, type Sent, searchIfWanted } from "./search-call.js";

/** What placing a call needs. */
export interface Placing {
  readonly clock: Clock;
  readonly telephony: Pick<Telephony, "place">;
  /** Where to search for the call if the response was lost. */
  readonly lookup: CallLookup;
}

/**
 * Places a call: hands a checked request to the telephone system once.
 *
 * @throws CallError whose `placed` tells whether anything was dialled; if that isn't known, `search` tells
 * what was found
 */
export async function placeCall(
  { clock, telephony, lookup }: Placing,
  request: CheckedCallRequest,
  options: PlaceOptions & SendOptions = {},
): Promise<PlacedCall> {
  const warnings = await warningsOf(request.callee); // Before the call: nothing may fail after it's placed.
  let sent: Sent | undefined;
  const beforeSending = async () => {
    await options.beforeSending?.();
    sent = { atMonotonicMs: clock.monotonicMs(), atWallMs: clock.now().getTime() };
  };
  try {
    const placed = await telephony.place(request, { ...options, beforeSending });
    return { ...placed, warnings: [...warnings, ...placed.warnings] };
  } catch (thrown) {
    if (sent === undefined) throw thrown;
    const error = thrown instanceof CallError ? thrown : broken(thrown);
    if (error.placed !== "unknown") throw error;
    const call = { request, sent };
    const search = await searchIfWanted(clock, lookup, call, options);
    throw search === undefined
      ? error
      : new CallError(error.code, error.message, { ...error, cause: error.cause, search });
  }
}

/** An unexpected error, after the request may have been sent. */
function broken(cause: unknown): CallError {
  return new CallError("outcome-unknown", "sipgate's response to the call request couldn't be read.", {
    remedy:
      "It isn't known whether phones ring. Look at your phone and at the call history before you call again.",
    placed: "unknown",
    cause,
  });
}
