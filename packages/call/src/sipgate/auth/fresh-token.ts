// Waits for an access token, from the program's own function or from sipgate's login. It may hang or take
// long: like any request, it ends with the timeout or the signal. What the program's own function threw is
// shown only to the program itself, by `cause`, with its name, message and code. What else it holds may well
// be the request for a token, with a password in it.
import { type Clock, outside } from "../../call/clock.js";
import { CallError, InvalidSettingsError } from "../../call/errors.js";
import { limitInWords } from "../../call/text/duration.js";
import { waitFor } from "../../call/wait.js";
import { withoutDetails } from "../http/http.js";

/** What limits a wait. */
export interface Limits {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What the program's own function returned, whatever that is.
 *
 * @throws CallError if it returned nothing in time, or was given up
 * @throws InvalidSettingsError if it threw; what it threw is shown only to the program itself, by `cause`
 */
export function tokenOfFunction(ask: () => unknown, limits: Limits): Promise<unknown> {
  const asked = async () => {
    try {
      return await ask();
    } catch (thrown) {
      throw threw(thrown);
    }
  };
  return withinLimits(asked, "The credentials function", limits);
}

/**
 * What was asked for. If a limit comes first, the request still goes on: others may be waiting for it, too.
 *
 * @param source of the token, as the beginning of "… gave no access token"
 * @throws CallError if nothing came in time, or it was given up
 */
export async function withinLimits<T>(
  ask: () => Promise<T>,
  source: string,
  { clock, timeout, signal }: Limits,
): Promise<T> {
  if (signal?.aborted) throw givenUp(signal.reason);
  const limit = { clock, milliseconds: timeout, tooLate: () => tooLate(source, timeout) };
  return waitFor(outside(clock, ask()), { limit, signal, givenUp });
}

function tooLate(source: string, timeout: number): CallError {
  return new CallError("timeout", `${source} gave no access token within ${limitInWords(timeout / 1000)}.`, {
    remedy: "Look why it hangs, or allow more time by the client's timeout.",
    placed: "no",
  });
}

function givenUp(reason: unknown): CallError {
  return new CallError("aborted", "It was canceled before there was an access token.", {
    remedy: "Call again if it was a mistake.",
    placed: "no",
    cause: reason,
  });
}

function threw(thrown: unknown): InvalidSettingsError {
  const message = "The function threw an error instead of giving an access token.";
  const remedy = "See the cause of this error.";
  return new InvalidSettingsError(
    [{ field: "credentials", code: "threw", message, remedy }],
    withoutDetails(thrown),
  );
}
