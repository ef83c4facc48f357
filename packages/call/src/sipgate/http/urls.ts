import { isLoopback } from "../hosts.js";

/** Undefined if a text isn't a URL. */
export function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** A server as sockets take it: an IPv6 address without brackets, and always a port. */
export interface ServerAddress {
  readonly host: string;
  readonly port: string;
}

/** Of a URL with https. */
export function serverAddress(url: URL): ServerAddress {
  return { host: hostOf(url), port: url.port || "443" };
}

/** An IPv6 address without brackets; any other host as it is. */
export function hostOf({ hostname }: URL): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

/** The path of a base URL, without slashes at its end, e.g. `/v2`. */
export function basePathOf(baseUrl: URL): string {
  return withoutSlashes(baseUrl.pathname);
}

/** Without slashes at its end. */
export function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === "/") end -= 1;
  return url.slice(0, end);
}

/**
 * A base URL in normal form: equal for equal servers and paths. This machine has many names; they mean the
 * same server if the port is the same.
 */
export function meantBy(url: URL): string {
  const host = url.hostname.endsWith(".") ? url.hostname.slice(0, -1) : url.hostname;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const path = url.pathname.split("/").filter((part) => part !== "");
  return `${url.protocol}//${isLoopback(host) ? "localhost" : host}:${port}/${path.map(written).join("/")}`;
}

/** A part of a path, whichever of its characters are escaped. */
function written(part: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(part));
  } catch {
    return part;
  }
}
