// Who is let in: requests with the token, to a name of this machine or of the proxy, and from no web page of others.
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export interface GateSettings {
  readonly token: string;
  /** Further names by which it's reached: those of a proxy. */
  readonly allowHosts: readonly string[];
}

export interface GateRefusal {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The protocol's. Others, such as TRACE, can't even be passed on to its library. */
const METHODS = ["GET", "POST", "DELETE"];
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** @returns what says why a request isn't let in; undefined if it is */
export function createGate({ token, allowHosts }: GateSettings) {
  const proxies = new Set(allowHosts.map((name) => name.toLowerCase()));
  const names = new Set([...LOOPBACK, ...proxies]);
  const expected = digestOf(token);
  return ({ method = "", headers, url }: IncomingMessage, path: string): GateRefusal | undefined => {
    if (!names.has(hostnameOf(`http://${headers.host ?? ""}`)))
      return { status: 403, text: "This name isn't allowed: start the server with --allow-host NAME." };
    // Another port of this machine is another origin. A proxy may have changed the host, so its pages may have any port.
    const origin = headers.origin === undefined ? undefined : webUrl(headers.origin);
    if (origin === null || (origin && origin.host !== headers.host && !proxies.has(origin.hostname)))
      return { status: 403, text: "Web pages of other origins can't use this server." };
    // The scheme is written in any case, and followed by one blank or several (RFC 9110, 11.1 and 11.4).
    const given = /^bearer +(?<token>\S+) *$/i.exec(headers.authorization ?? "")?.groups?.token;
    if (given === undefined || !timingSafeEqual(digestOf(given), expected))
      return {
        status: 401,
        text: "The bearer token is missing or wrong.",
        headers: { "www-authenticate": "Bearer" },
      };
    if (url?.split("?")[0] !== path) return { status: 404, text: `The tools are at ${path}.` };
    if (!METHODS.includes(method))
      return { status: 405, text: "There is no such method.", headers: { allow: METHODS.join(", ") } };
    return undefined;
  };
}

function hostnameOf(url: string): string {
  return webUrl(url)?.hostname ?? "";
}

/** Null if it's no web address, or has a name of a user in front of the host. */
function webUrl(text: string): URL | null {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" ? url : null;
  } catch {
    return null;
  }
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
