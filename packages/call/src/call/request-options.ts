import { InvalidRequestError } from "./errors.js";
import type { PlaceOptions } from "./telephony.js";

/**
 * The signal in the options of a request, where there is one.
 *
 * @throws InvalidRequestError where something else was given, such as the whole `AbortController`
 */
export function signalOf(options: unknown): AbortSignal | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== "object" || options === null)
    throw invalid("options", "They must be an object.", "Leave them out, or give { signal }.");
  const signal = "signal" in options ? options.signal : undefined;
  if (signal === undefined) return undefined;
  // One of its own for each request: many that share a signal would each listen to it, which Node takes for a leak.
  if (signal instanceof AbortSignal) return AbortSignal.any([signal]);
  throw invalid("signal", "It isn't an AbortSignal.", "Give the signal of an AbortController.");
}

const LONGEST_SEARCH = 600_000;

/** @throws InvalidRequestError where an option of `place` can't be used */
export function checkPlaceOptions(options: unknown): void {
  signalOf(options);
  const searchForMs = (options as PlaceOptions | undefined)?.searchForMs;
  if (searchForMs === undefined) return;
  if (typeof searchForMs === "number" && searchForMs >= 0 && searchForMs <= LONGEST_SEARCH) return;
  const message = `It must be a number of milliseconds from 0 to ${LONGEST_SEARCH}.`;
  throw invalid("searchForMs", message, "Leave it out for 15,000.");
}

function invalid(field: string, message: string, remedy: string): InvalidRequestError {
  return new InvalidRequestError([{ field, code: "invalid", message, remedy }]);
}
