// Which requests are answered at all. The dialer stands on this machine, and any page that is open in the browser can
// send requests to it.
import type { IncomingMessage } from "node:http";
import type { Sessions } from "./sessions.js";

const COOKIE = "sipgate-dialer";
const TOKEN_HEADER = "x-dialer-token";

/** Names that a page's address may have. A name that was made to lead here (DNS rebinding) isn't among them. */
export const isOwnHost = (request: IncomingMessage, port: number): boolean =>
  request.headers.host === `127.0.0.1:${port}`;

/** Whether it comes from this dialer's own page. Pages of other ports of this machine are others. */
export function isFromOwnPage({ headers, method }: IncomingMessage, port: number): boolean {
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  if (origin === undefined) return method === "GET";
  return origin === `http://127.0.0.1:${port}`;
}

export function hasSession({ headers }: IncomingMessage, sessions: Sessions, port: number): boolean {
  const token = headers[TOKEN_HEADER];
  return sessions.allows(cookieIn(headers.cookie, port), typeof token === "string" ? token : undefined);
}

/** Dialers on two ports have cookies of their own: browsers don't tell ports apart. */
export const cookieName = (port: number): string => `${COOKIE}-${port}`;

function cookieIn(header: string | undefined, port: number): string | undefined {
  const start = `${cookieName(port)}=`;
  return header
    ?.split("; ")
    .find((pair) => pair.startsWith(start))
    ?.slice(start.length);
}
