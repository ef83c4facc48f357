import { isLoopback } from "../http/loopback.js";

/** The longest allowed URL, in characters. */
const LONGEST = 2_000;

/** Why a URL can't be pushed to, to be put after its name; `undefined` if it can. */
export function pushUrlProblem(text: string): string | undefined {
  const url = text.length > LONGEST ? undefined : parsed(text);
  if (url === undefined || !/^https?:$/.test(url.protocol)) return "must be an http or https URL";
  if (url.username !== "" || url.password !== "") return "must not hold credentials";
  // Events must not cross a network in plain text.
  if (url.protocol === "http:" && !isLoopback(url.hostname.replace(/^\[(.*)\]$/, "$1"))) {
    return "may be plain http for this machine only (localhost, 127.0.0.1, [::1]); elsewhere it must be https";
  }
  return undefined;
}

/** neo pushes over HTTPS only [official]. */
export function isHttps(text: string): boolean {
  return parsed(text)?.protocol === "https:";
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
