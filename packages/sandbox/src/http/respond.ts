import type { ServerResponse } from "node:http";
import type { Problem } from "./problem.js";

/** A successful answer; without a body it is sent empty. */
export interface Reply {
  readonly status: 200 | 204;
  readonly body?: object;
}

export const ok = (body: object): Reply => ({ status: 200, body });
export const NO_CONTENT: Reply = { status: 204 };

export function sendReply(response: ServerResponse, { status, body }: Reply): void {
  if (body === undefined) response.writeHead(status).end();
  else sendJson(response, status, body, {});
}

export function sendProblem(response: ServerResponse, problem: Problem): void {
  sendJson(response, problem.status, problem, problem.headers);
}

/** What a broken server says: a page, not JSON. */
export function sendBrokenServer(response: ServerResponse): void {
  response.writeHead(500, { "content-type": "text/html" });
  response.end("<html><body><h1>Internal Server Error</h1></body></html>");
}

function sendJson(
  response: ServerResponse,
  status: number,
  content: object,
  headers: Readonly<Record<string, string>>,
): void {
  const body = Buffer.from(JSON.stringify(content));
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json",
    "content-length": body.length,
  });
  response.end(body);
}
