import { DOCUMENTED_TOKENS } from "../accounts/tokens.js";
import type { LoggedRequest } from "../logged-request.js";
import { DOCUMENTED_LOGINS } from "../login/logins.js";
import { OPERATIONS } from "../rest-api/operations.js";
import type { Call } from "../switch/call.js";

type Rows = readonly (readonly string[])[];

/** How many calls and requests the page shows: the newest. */
const SHOWN = 20;
/** Longer paths are cut, in characters. */
const LONGEST_PATH = 100;

/** Newest first. */
export function callRows(running: Iterable<Call>): Rows {
  return [...running]
    .sort((one, other) => other.sequence - one.sequence)
    .slice(0, SHOWN)
    .map(({ placedAt, account, caller, callee, state }) => [
      timeOfDay(placedAt),
      account,
      caller,
      callee,
      state.replace("-", " "),
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
