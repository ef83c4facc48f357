import type { ServerResponse } from "node:http";
import type { Problem } from "./problem.js";

/** What an operation has to say; without a body it is sent empty. */
export interface Reply {
  readonly status: 200 | 201 | 204;
  readonly body?: object;
}

export const ok = (body: object): Reply => ({ status: 200, body });
export const NO_CONTENT: Reply = { status: 204 };

/** An answer that was not sent yet. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; without content-length. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function responseOf({ status, body }: Reply): HttpResponse {
  return body === undefined ? { status, headers: {}, body: Buffer.alloc(0) } : json(status, body, {});
}

export function problemResponse(problem: Problem): HttpResponse {
  return json(problem.status, problem, problem.headers);
}

/** What a broken server says: a page, not JSON. */
export const BROKEN_SERVER: HttpResponse = {
  status: 500,
  headers: { "content-type": "text/html" },
  body: Buffer.from("<html><body><h1>Internal Server Error</h1></body></html>"),
};

export function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  const length = status === 204 ? {} : { "content-length": body.length };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}

function json(status: number, content: object, headers: Readonly<Record<string, string>>): HttpResponse {
  const body = Buffer.from(JSON.stringify(content));
  return { status, headers: { ...headers, "content-type": "application/json" }, body };
}
