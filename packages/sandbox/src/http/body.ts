import type { IncomingMessage } from "node:http";
import { Problem } from "./problem.js";

/** The longest body that is accepted, in bytes. */
const LIMIT = 64 * 1024;

/**
 * How much of a longer body is read and discarded, in bytes, before the connection is closed. A client that is still
 * sending would otherwise see a connection reset instead of the 413.
 */
const DRAIN_LIMIT = 32 * 1024 * 1024;

const JSON_TYPE = /^application\/json *(?:; *charset *= *"?utf-8"? *)?$/i;

const FORM_TYPE = /^application\/x-www-form-urlencoded *(?:; *charset *= *"?utf-8"? *)?$/i;

/** Reads a JSON body. Throws a Problem if it isn't JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  checkMediaType(request, JSON_TYPE, "application/json");
  const text = decode(await readBytes(request));
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    throw new Problem(400, "The body is not valid JSON.");
  }
}

/** Reads a form, still encoded. Throws a Problem if the body isn't a form. */
export async function readForm(request: IncomingMessage): Promise<string> {
  checkMediaType(request, FORM_TYPE, "application/x-www-form-urlencoded");
  return decode(await readBytes(request));
}

function checkMediaType({ headers }: IncomingMessage, type: RegExp, name: string): void {
  if (!type.test(headers["content-type"] ?? "")) {
    throw new Problem(415, `The Content-Type must be ${name} in UTF-8.`);
  }
  if ((headers["content-encoding"] ?? "identity").toLowerCase() !== "identity") {
    throw new Problem(415, "The body must not be compressed.");
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LIMIT) chunks.push(chunk);
    if (length > DRAIN_LIMIT) break;
  }
  if (length > LIMIT) {
    throw new Problem(413, "The body is longer than 64 kB.", { headers: { connection: "close" } });
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(400, "The body is not valid UTF-8.");
  }
}
