import type { ServerResponse } from "node:http";
import type { Problem } from "./problem.js";

/** The result of an operation. With none of `body`, `csv` and `wav` the response is empty. */
export interface Reply {
  readonly status: 200 | 201 | 204;
  readonly body?: object;
  /** A table in place of JSON. */
  readonly csv?: string;
  /** A recording in place of JSON. */
  readonly wav?: Uint8Array;
}

export const ok = (body: object): Reply => ({ status: 200, body });
/** The type of a table [official]. */
const CSV_TYPE = "application/octet-stream";

export const NO_CONTENT: Reply = { status: 204 };

/** A response that wasn't sent yet. */
export interface HttpResponse {
  readonly status: number;
  /** Names are in lower case. `content-length` isn't among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function responseOf({ status, body, csv, wav }: Reply): HttpResponse {
  if (wav !== undefined) return { status, headers: { "content-type": "audio/wav" }, body: Buffer.from(wav) };
  if (csv !== undefined) {
    return { status, headers: { "content-type": CSV_TYPE }, body: Buffer.from(csv) };
  }
  return body === undefined ? { status, headers: {}, body: Buffer.alloc(0) } : json(status, body, {});
}

export function problemResponse(problem: Problem): HttpResponse {
  return json(problem.status, problem, problem.headers);
}

/** The response of a broken server: a page, not JSON. */
export const BROKEN_SERVER: HttpResponse = {
  status: 500,
  headers: { "content-type": "text/html" },
  body: Buffer.from("<html><body><h1>Internal Server Error</h1></body></html>"),
};

export function send(outgoing: ServerResponse, { status, headers, body }: HttpResponse): void {
  const length = status === 204 ? {} : { "content-length": body.length };
  outgoing.writeHead(status, { ...headers, ...length });
  outgoing.end(body);
}

function json(status: number, content: object, headers: Readonly<Record<string, string>>): HttpResponse {
  const body = Buffer.from(JSON.stringify(content));
  return { status, headers: { ...headers, "content-type": "application/json" }, body };
}
