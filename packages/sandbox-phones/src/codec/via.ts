import { isHost } from "./address.js";
import { splitOutside, unquoted } from "./split.js";

/** The first Via of a message: who sent it, and which transaction it belongs to. */
export interface Via {
  readonly sentBy: string;
  readonly branch: string;
}

/** `undefined` if it isn't one. */
export function parseVia(text: string): Via | undefined {
  const [first = "", ...parameters] = splitOutside(text, ";");
  const [, sentBy = ""] = /^SIP\s*\/\s*2\.0\s*\/\s*\w{1,10}\s+(\S+)$/i.exec(first) ?? [];
  if (!isHost(sentBy)) return undefined;
  return { sentBy: sentBy.toLowerCase(), branch: branchIn(parameters) };
}

function branchIn(parameters: readonly string[]): string {
  const branch = parameters.findLast((parameter) => /^branch\s*=/i.test(parameter)) ?? "=";
  return unquoted(branch.slice(branch.indexOf("=") + 1).trim());
}
