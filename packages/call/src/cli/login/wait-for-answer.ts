import { systemClock } from "../../call/clock.js";
import { CallError } from "../../call/errors.js";
import { limitInWords } from "../../call/text/duration.js";
import { waitFor } from "../../call/wait.js";
import type { PastedAnswer } from "./pasted-answer.js";

/**
 * The first response, from the browser or pasted.
 *
 * @param browser the response that the browser comes back with
 * @param ask asks the user for it; a user who leaves from then on is told that nothing was stored
 * @param seconds the longest wait
 * @throws CallError if there is none in time, or after Ctrl-C
 */
export async function waitForAnswer(
  browser: Promise<URLSearchParams>,
  ask: () => PastedAnswer,
  seconds: number,
): Promise<URLSearchParams> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  process.once("SIGINT", leave).once("SIGTERM", leave);
  const pasted = ask();
  try {
    return await waitFor(Promise.race([browser, pasted.answer]), {
      limit: { clock: systemClock, milliseconds: seconds * 1_000, tooLate: () => tooLate(seconds) },
      signal: leaving.signal,
      givenUp: left,
    });
  } finally {
    process.off("SIGINT", leave).off("SIGTERM", leave);
    pasted.close();
  }
}

const AGAIN = "Run it again at any time. Nothing was stored.";

function tooLate(seconds: number): CallError {
  const message = `Nobody signed in within ${limitInWords(seconds)}.`;
  return new CallError("timeout", message, { remedy: AGAIN, placed: "no" });
}

function left(): CallError {
  return new CallError("aborted", "You left before you were signed in.", { remedy: AGAIN, placed: "no" });
}
