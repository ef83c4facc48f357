import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

/** Headers that describe how a response is sent. The sandbox sets them itself. */
const FRAMING: ReadonlySet<string> = new Set(["content-length", "transfer-encoding"]);

/** Why headers can't be sent, to be put after `headers`; `undefined` if they can. */
export function headersProblem(headers: unknown): string | undefined {
  if (typeof headers !== "object" || headers === null || Array.isArray(headers)) return "must be an object";
  const entries = Object.entries(headers);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === "string")) {
    return "must have strings as values";
  }
  const names = entries.map(([name]) => name.toLowerCase());
  const framing = names.find((name) => FRAMING.has(name));
  if (framing !== undefined) return `must not have ${framing}, which the sandbox sets itself`;
  if (new Set(names).size < names.length) return "must have each name once, whatever its case";
  return nodesObjection(entries);
}

/** Node refuses some names, values and combinations. It's asked, since it would refuse them in the middle of a request. */
function nodesObjection(entries: readonly (readonly [string, string])[]): string | undefined {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  try {
    response.writeHead(200, { ...Object.fromEntries(entries), "content-length": 0 });
    return undefined;
  } catch (error) {
    return `can't be sent: ${error instanceof Error ? error.message : String(error)}`;
  }
}
