import { parseNameAddress, userOf } from "./address.js";
import { fullName, Headers } from "./headers.js";
import { MOST_HEADERS } from "./limits.js";
import type { Essentials, Malformed, SipMessage } from "./message.js";
import { parseVia } from "./via.js";

const TOKEN = /^[\w.!%*+`'~-]{1,64}$/;
const REQUEST_LINE = /^(\S{1,64}) (\S{1,2000}) SIP\/2\.0$/i;
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i;
const LARGEST_SEQUENCE = 2 ** 31;
/** Headers that must not be repeated. */
const SINGLE = ["from", "to", "call-id", "cseq", "content-length"];
/** Headers that each response repeats. */
const REPEATED = ["via", "from", "to", "call-id", "cseq"];

/**
 * Decodes one message, once for all that deal with it. Never throws.
 *
 * @param head start line and headers, without the empty line
 */
export function parseMessage(head: string, body: Buffer): SipMessage | Malformed {
  const [startLine = "", ...lines] = unfolded(head);
  const response = STATUS_LINE.exec(startLine);
  const request = response === null ? REQUEST_LINE.exec(startLine) : null;
  const headers = parseHeaders(lines);
  if (typeof headers === "string") return malformed(headers);
  if (response === null && request === null)
    return malformed("The start line has blanks where none belong.", methodIn(startLine), headers);
  const essentials = parseEssentials(headers, body);
  if (typeof essentials === "string") return malformed(essentials, request?.[1], headers);
  if (response !== null) {
    const [, status = "", reason = ""] = response;
    return { kind: "response", status: Number(status), reason, ...essentials };
  }
  const [, method = "", uri = ""] = request ?? [];
  const problem = requestProblem(method, uri, essentials);
  if (problem !== undefined) return malformed(problem, method, headers);
  return { kind: "request", method, uri, ...essentials };
}

/** The method of a start line that has blanks in its address: some phones send numbers as they were typed. */
function methodIn(startLine: string): string | undefined {
  const [method = ""] = startLine.split(" ", 1);
  return TOKEN.test(method) && startLine.trimEnd().endsWith(" SIP/2.0") ? method : undefined;
}

function requestProblem(method: string, uri: string, { cseq }: Essentials): string | undefined {
  if (!TOKEN.test(method)) return "The method is no token.";
  if (cseq.method !== method) return "CSeq names another method.";
  return userOf(uri) === undefined ? "The address is no SIP address." : undefined;
}

function parseEssentials(headers: Headers, body: Buffer): Essentials | string {
  const repeated = SINGLE.find((name) => headers.count(name) > 1);
  if (repeated !== undefined) return `There is more than one ${repeated}.`;
  const via = parseVia(headers.list("via")[0] ?? "");
  if (via === undefined) return "Via is missing or wrong.";
  const from = parseNameAddress(headers.get("from") ?? "");
  if (from === undefined) return "From is missing or wrong.";
  const to = parseNameAddress(headers.get("to") ?? "");
  if (to === undefined) return "To is missing or wrong.";
  const callId = headers.get("call-id") ?? "";
  if (!/^\S{1,255}$/.test(callId)) return "Call-ID is missing or wrong.";
  const [, number = "", method = ""] = /^(\d{1,10})\s+(\S+)$/.exec(headers.get("cseq") ?? "") ?? [];
  if (number === "" || Number(number) >= LARGEST_SEQUENCE) return "CSeq is missing or wrong.";
  return { headers, via, from, to, callId, cseq: { number: Number(number), method }, body };
}

function parseHeaders(lines: readonly string[]): Headers | string {
  if (lines.length > MOST_HEADERS) return `There are more than ${MOST_HEADERS} headers.`;
  const entries: [string, string][] = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trim();
    if (!TOKEN.test(name)) return "A header has no name.";
    entries.push([fullName(name), line.slice(colon + 1).trim()]);
  }
  return new Headers(entries);
}

/** The lines, each with what continues it: that begins with a blank. */
function unfolded(head: string): string[] {
  const all = head.split("\r\n");
  if (!/\n[ \t]/.test(head)) return all;
  const lines: string[] = [];
  for (const line of all) {
    const isContinued = (line.startsWith(" ") || line.startsWith("\t")) && lines.length > 1;
    if (isContinued) lines.push(`${lines.pop()} ${line.trim()}`);
    else lines.push(line);
  }
  return lines;
}

function malformed(problem: string, method?: string, headers?: Headers): Malformed {
  const answers = [...(headers ?? [])].filter(([name]) => REPEATED.includes(name));
  const isAnswerable =
    method !== undefined &&
    method !== "ACK" &&
    REPEATED.every((name) => answers.some(([each]) => each === name));
  return { kind: "malformed", problem, answerable: isAnswerable ? answers : undefined };
}
