import { InvalidRequestError } from "./errors.js";

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

function invalid(field: string, message: string, remedy: string): InvalidRequestError {
  return new InvalidRequestError([{ field, code: "invalid", message, remedy }]);
}
