import { splitPort } from "./address.js";
import { parametersOf, splitOutside } from "./split.js";

/** The first Via of a message: who sent it, and which transaction it belongs to. */
export interface Via {
  readonly sentBy: string;
  readonly branch: string;
}

/** `undefined` if it isn't one. */
export function parseVia(text: string): Via | undefined {
  const [first = "", ...parameters] = splitOutside(text, ";");
  const [, sentBy = ""] = /^SIP\s*\/\s*2\.0\s*\/\s*\w{1,10}\s+(\S+)$/i.exec(first) ?? [];
  if (splitPort(sentBy) === undefined) return undefined;
  return { sentBy: sentBy.toLowerCase(), branch: parametersOf(parameters).get("branch") ?? "" };
}
