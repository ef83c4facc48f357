// Refuses a call that was placed just now: it's taken for a double click.
import { CallError } from "../../call/errors.js";
import { stateFolder } from "../../files/state-folder.js";
import { ago, justPlaced, markCall } from "./repeat-marks.js";

/**
 * @param call what makes two calls the same
 * @throws CallError if it was placed just now and nobody confirms that it's meant
 */
export async function placeUnlessRepeated<T>(
  call: readonly (string | undefined)[],
  place: () => Promise<T>,
): Promise<T> {
  const folder = stateFolder("just-placed");
  const mark = markCall(call, folder);
  if (mark.since !== undefined && !(await isMeant(mark.since))) throw justPlaced(mark.since);
  try {
    return await place();
  } catch (error) {
    if (error instanceof CallError && error.placed === "no") mark.remove();
    else markCall(call, folder); // Its time starts now: a user who reads of a lost response may try again at once.
    throw error;
  }
}

async function isMeant(since: number): Promise<boolean> {
  const { ask, canAsk } = await import("../terminal/ask.js");
  if (!canAsk()) return false;
  const answer = await ask(`You placed this call ${ago(since)}. Place it again? [y/N] `);
  return /^[yj]/i.test(answer?.trim() ?? "");
}
