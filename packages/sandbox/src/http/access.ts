import type { IncomingMessage } from "node:http";
import { Problem } from "./problem.js";
import type { HttpResponse } from "./response.js";
import type { TrustedHosts } from "./trusted-hosts.js";
import type { TrustedOrigins } from "./trusted-origins.js";

const WRONG_HOST =
  "The sandbox isn't called that: it answers to localhost, 127.0.0.1 and [::1], and as a proxy to api.sipgate.com and login.sipgate.com. Allow another name with --allow-host NAME, or with the option allowHosts.";

const WRONG_ORIGIN =
  "Pages from there may not use the sandbox, only those of this machine. Allow them with --cors ORIGIN, or with the option cors.";

/** Whether a request may go on, from any of the sandbox's servers. */
export interface Access {
  /** Headers of the response: they let a page read it. */
  readonly headers: Readonly<Record<string, string>>;
  /** The response if the request doesn't go on: it's refused, or it's a browser's preflight. */
  readonly response: Problem | HttpResponse | undefined;
}

/** Checks where a request comes from, before anything else. */
export function accessOf(request: IncomingMessage, hosts: TrustedHosts, origins: TrustedOrigins): Access {
  if (!hosts.includes(request)) return { headers: {}, response: new Problem(403, WRONG_HOST) };
  const { origin } = request.headers;
  if (origin === undefined) return { headers: {}, response: undefined };
  if (!origins.includes(origin, request)) {
    return { headers: { vary: "Origin" }, response: new Problem(403, WRONG_ORIGIN) };
  }
  const headers = {
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "*",
  };
  return { headers, response: isPreflight(request) ? preflightResponse(request) : undefined };
}

function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

function preflightResponse({ headers }: IncomingMessage): HttpResponse {
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, POST, PUT, DELETE",
      "access-control-allow-headers": String(headers["access-control-request-headers"] ?? ""),
    },
    body: Buffer.alloc(0),
  };
}
