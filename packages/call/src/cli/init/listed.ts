import { ForbiddenError } from "../../call/errors.js";
import { inCommandWords } from "../terminal/command-words.js";
import type { Asking } from "./asking.js";

/** What sipgate lists; undefined, with a warning, if the token may not read it. */
export async function listed<T>(list: Promise<T>, what: string, ask: Asking): Promise<T | undefined> {
  try {
    return await list;
  } catch (error) {
    if (!(error instanceof ForbiddenError)) throw error;
    ask.warn(inCommandWords(`Your ${what} can't be listed. ${error.message}\n${error.remedy}`));
    return undefined;
  }
}
