// Asks the program's own function for an access token. It may hang, throw, or take its time: as any request it ends
// with the timeout or the signal, and what it threw is shown to nobody but the program itself, by `cause`, with its
// name, message and code: what it holds besides may well be the request for a token, with a password in it.
import { CallError, InvalidSettingsError } from "../call/errors.js";
import { withoutDetails } from "./http.js";

/** What bounds a wait. */
export interface Limits {
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What the function returned, whatever that is.
 *
 * @throws CallError where it returned nothing in time, or was given up
 * @throws InvalidSettingsError where it threw
 */
export function freshToken(ask: () => unknown, { timeout, signal }: Limits): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const fail = (error: CallError) => {
      settle();
      reject(error);
    };
    const abort = () => fail(givenUp());
    const timer = setTimeout(() => fail(tooLate(timeout)), timeout);
    if (signal?.aborted) {
      abort();
      return;
    }
    signal?.addEventListener("abort", abort, { once: true });
    asked(ask).then(
      (token) => {
        settle();
        resolve(token);
      },
      (thrown: unknown) => fail(threw(thrown)),
    );
  });
}

/** A function that isn't asynchronous throws at once: that too becomes a rejection. */
async function asked(ask: () => unknown): Promise<unknown> {
  return ask();
}

function tooLate(timeout: number): CallError {
  return new CallError("timeout", `The credentials function gave no access token within ${timeout} ms.`, {
    remedy: "Look why it hangs, or allow more time by the client's timeout. Nothing was dialled.",
    placed: "no",
  });
}

function givenUp(): CallError {
  return new CallError("aborted", "It was given up before there was an access token.", {
    remedy: "Call again if it was a mistake. Nothing was dialled.",
    placed: "no",
  });
}

function threw(thrown: unknown): InvalidSettingsError {
  const message = "The function threw an error instead of giving an access token.";
  const remedy = "See the cause of this error. Nothing was dialled.";
  return new InvalidSettingsError(
    [{ field: "credentials", code: "threw", message, remedy }],
    withoutDetails(thrown),
  );
}
