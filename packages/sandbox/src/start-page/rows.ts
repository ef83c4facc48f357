import { DOCUMENTED_TOKENS } from "../accounts/tokens.js";
import type { LoggedRequest } from "../logged-request.js";
import { DOCUMENTED_LOGINS } from "../login/logins.js";
import type { InspectedPhone } from "../phones/inspector.js";
import { OPERATIONS } from "../rest-api/operations.js";
import type { Call } from "../switch/call.js";
import { callPagePath } from "./call-page.js";
import { table } from "./table.js";

type Rows = readonly (readonly string[])[];

/** How many calls and requests the page shows: the newest. */
const SHOWN = 20;
/** Longer paths are cut, in characters. */
const LONGEST_PATH = 100;

/** Running calls or ended ones, newest first, each with a link to its own page. */
export function callList(calls: Iterable<Call>, which: "running" | "ended", ifEmpty: string): string {
  const shown = [...calls]
    .filter(({ state }) => (state === "ended") === (which === "ended"))
    .sort((one, other) => other.sequence - one.sequence)
    .slice(0, SHOWN);
  const rows = shown.map(({ placedAt, account, caller, callee, callerLeg, calleeLeg, state, end }) => [
    timeOfDay(placedAt),
    account,
    caller,
    callee,
    state.replace("-", " "),
    end === undefined ? `${callerLeg.state}, ${calleeLeg.state}` : `${end.cause}, by the ${end.party}`,
  ]);
  const links = shown.map(({ id }) => callPagePath(id));
  const head = ["Since", "Account", "Caller", "Callee", "State", which === "ended" ? "End" : "Legs"];
  return table(head, rows, ifEmpty, links);
}

export function phoneRows(phones: readonly InspectedPhone[]): Rows {
  return phones.map(({ account, deviceId, userAgent, transport, ip, port, registeredAt }) => [
    account,
    deviceId,
    userAgent,
    transport,
    `${ip}:${port}`,
    timeOfDay(registeredAt),
  ]);
}

/** Newest first. */
export function requestRows(requests: readonly LoggedRequest[]): Rows {
  return requests
    .slice(-SHOWN)
    .reverse()
    .map(({ at, method, path, status, fault }) => [
      timeOfDay(at.getTime()),
      `${method} ${path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path}`,
      fault === undefined ? String(status ?? "client went away") : `fault: ${fault}`,
    ]);
}

/** The default token of each platform, or all the others. */
export function accountRows(which: "default" | "other"): Rows {
  return DOCUMENTED_TOKENS.filter(({ name, platform }) => (name === platform) === (which === "default")).map(
    ({ name, platform, tokenId, token, purpose }) => [name, platform, tokenId ?? "Bearer", token, purpose],
  );
}

export function loginRows(): Rows {
  return DOCUMENTED_LOGINS.map(({ username, password, platform, userId }) => [
    username,
    password,
    platform,
    userId,
  ]);
}

/** Sorted by path. */
export function operationRows(): Rows {
  return OPERATIONS.map(({ method, path }): [string, string] => [method, path]).sort(([, one], [, other]) =>
    one.localeCompare(other, "en"),
  );
}

function timeOfDay(time: number): string {
  return new Date(time).toISOString().slice(11, 19);
}
