import type { LoggedRequest } from "../logged-request.js";
import type { LoggedPush } from "../push/logged-push.js";
import type { Call } from "../switch/call.js";

/** One line for a request, without its query and credentials. */
export function requestLine({ at, method, path, status, fault }: LoggedRequest): string {
  const outcome = fault === undefined ? (status ?? "client went away") : `fault: ${fault}`;
  return `${timeOfDay(at)} ${method} ${printable(path)} ${outcome}\n`;
}

/** One line for a call's new state. */
export function callLine(call: Call): string {
  const at = call.history.at(-1)?.at ?? call.placedAt;
  const end = call.end === undefined ? "" : ` (${call.end.cause}, ${call.end.party})`;
  return `${timeOfDay(new Date(at))} call ${call.caller} -> ${call.callee}: ${call.state}${end}\n`;
}

/** One line for a pushed event, at the time of the event, without the URL's query and the form. */
export function pushLine({ at, event, url, status }: LoggedPush): string {
  const target = printable(url.replace(/[?#].*$/s, ""));
  return `${timeOfDay(at)} push ${event} -> ${target}: ${status ?? "not delivered"}\n`;
}

/** A path can contain anything, but control characters must not reach a terminal. */
function printable(path: string): string {
  return path.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 200);
}

function timeOfDay(time: Date): string {
  return time.toISOString().slice(11, 23);
}
