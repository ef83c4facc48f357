import { CallError } from "../../call/errors.js";
import { waitFor } from "../../call/wait.js";
import type { Loopback } from "./loopback.js";
import type { PastedAnswer } from "./pasted-answer.js";

/**
 * The first answer, by the browser or pasted.
 *
 * @param ask asks the user for it; whoever leaves from then on is told that nothing was stored
 * @param seconds to wait at most
 * @throws CallError where none comes, or Ctrl-C does
 */
export async function waitForAnswer(
  loopback: Loopback,
  ask: () => PastedAnswer,
  seconds: number,
): Promise<URLSearchParams> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  process.once("SIGINT", leave).once("SIGTERM", leave);
  const pasted = ask();
  try {
    return await waitFor(Promise.race([loopback.answer, pasted.answer]), {
      timeout: seconds * 1_000,
      signal: leaving.signal,
      tooLate: () => tooLate(seconds),
      givenUp: left,
    });
  } finally {
    process.off("SIGINT", leave).off("SIGTERM", leave);
    pasted.close();
  }
}

const AGAIN = "Run it again whenever you like. Nothing was stored.";

function tooLate(seconds: number): CallError {
  const message = `Nobody has signed in within ${seconds} s.`;
  return new CallError("timeout", message, { remedy: AGAIN, placed: "no" });
}

function left(): CallError {
  return new CallError("aborted", "You left before you were signed in.", { remedy: AGAIN, placed: "no" });
}
