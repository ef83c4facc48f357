import type { CheckedCallRequest } from "../call-request.js";
import type { Clock } from "../clock.js";
import { CallError } from "../errors.js";
import { warningsOf } from "../number/premium-rate.js";
import type { PlacedCall, PlaceOptions, SendOptions, Telephony } from "../telephony.js";
import { type CallLookup, searchIfWanted } from "./search-call.js";

/** What placing a call needs. */
export interface Placing {
  readonly clock: Clock;
  readonly telephony: Pick<Telephony, "place">;
  /** Where a call is looked for if the answer was lost. */
  readonly lookup: CallLookup;
}

/**
 * Places a call: hands a checked request to the telephone system once.
 *
 * @throws CallError telling by `placed` whether anything was dialled; where that isn't known, by `search` what was found
 */
export async function placeCall(
  { clock, telephony, lookup }: Placing,
  request: CheckedCallRequest,
  options: PlaceOptions & SendOptions = {},
): Promise<PlacedCall> {
  const warnings = await warningsOf(request.callee); // Before the call: nothing may fail once it's placed.
  let sentAt: number | undefined;
  const beforeSending = async () => {
    await options.beforeSending?.();
    sentAt = clock.monotonicMs();
  };
  try {
    const placed = await telephony.place(request, { ...options, beforeSending });
    return { ...placed, warnings: [...warnings, ...placed.warnings] };
  } catch (thrown) {
    if (sentAt === undefined) throw thrown;
    const error = thrown instanceof CallError ? thrown : broken(thrown);
    if (error.placed !== "unknown") throw error;
    const call = { request, sentAt };
    const search = await searchIfWanted(clock, lookup, call, options);
    throw search === undefined
      ? error
      : new CallError(error.code, error.message, { ...error, cause: error.cause, search });
  }
}

/** What nobody has foreseen, after the order may have been sent. */
function broken(cause: unknown): CallError {
  return new CallError("outcome-unknown", "The answer to the order couldn't be read.", {
    remedy:
      "It isn't known whether phones ring. Look at your phone and at the call history before you call again.",
    placed: "unknown",
    cause,
  });
}
