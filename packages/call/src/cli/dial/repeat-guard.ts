// Places a call unless the very same was placed just now, which is taken for a double click.
import { CallError } from "../../call/errors.js";
import { stateFolder } from "../../files/state-folder.js";
import { ago, justPlaced, markCall } from "./repeat-marks.js";

/**
 * @param call what tells it from other calls
 * @throws CallError where it was placed just now, and nobody is there to say that it's meant
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
    else markCall(call, folder); // Whoever is told that the answer was lost may try again at once.
    throw error;
  }
}

async function isMeant(since: number): Promise<boolean> {
  const { ask, canAsk } = await import("../terminal/ask.js");
  if (!canAsk()) return false;
  const answer = await ask(`You placed this very call ${ago(since)}. Place it again? [y/N] `);
  return /^[yj]/i.test(answer?.trim() ?? "");
}
