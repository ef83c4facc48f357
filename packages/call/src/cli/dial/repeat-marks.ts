// A double click, or the same command twice within seconds, must not ring somebody twice. Placing a call leaves an empty
// file for a few seconds, named after a digest of the call.
import { closeSync, mkdirSync, openSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { CallError } from "../../call/errors.js";
import { systemCodeOf } from "../../call/text/system-code.js";

/** The same call again within this time is taken for a mistake. */
const WINDOW_MS = 5_000;
/** How many windows a mark is kept: far longer than any process takes to read the folder. */
const PERIODS_KEPT = 10;

export interface Mark {
  /** Milliseconds since the same call was placed from this machine; undefined if that wasn't just now. */
  readonly since: number | undefined;
  /** Takes the mark back: nothing was dialled. */
  remove(): void;
}

/**
 * Marks that a call is being placed. If several processes do so at the same instant, at most one learns that it's the
 * first.
 *
 * @param call what makes two calls the same
 * @param folder where marks are kept; if it can't be written to, calls are placed anyway
 */
export function markCall(call: readonly (string | undefined)[], folder: string): Mark {
  const name = digest(JSON.stringify(call));
  const period = Math.floor(Date.now() / WINDOW_MS);
  const own = `${name}.${period}`;
  const path = (mark: string) => join(folder, mark);
  const mark = (since?: number): Mark => ({ since, remove: () => removeQuietly(path(own)) });
  let others: string[];
  try {
    create(path(own), folder); // Fails for all but the first in this period.
    // A process in the period before or after also leaves its mark before it looks: one of the two sees the other's.
    others = readdirSync(folder);
  } catch (error) {
    return systemCodeOf(error) === "EEXIST" ? { since: ageOf(path(own)), remove: () => {} } : mark();
  }
  for (const other of others) if (isOld(other, period)) removeQuietly(path(other));
  const ages = [period - 1, period + 1]
    .map((which) => `${name}.${which}`)
    .filter((neighbour) => others.includes(neighbour))
    .map((neighbour) => ageOf(path(neighbour)));
  return mark(ages.find((age) => age !== undefined && age <= WINDOW_MS));
}

function create(path: string, folder: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (systemCodeOf(error) !== "ENOENT") throw error;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, "wx", 0o600));
  }
}

/** Names contain the period and are never reused, so removing an old one never removes a new mark. */
function isOld(mark: string, period: number): boolean {
  return Math.abs(Number(mark.split(".")[1]) - period) > PERIODS_KEPT;
}

function ageOf(path: string): number | undefined {
  try {
    return Math.abs(Date.now() - statSync(path).mtimeMs);
  } catch {
    return undefined; // It was removed in the meantime.
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // One that stays does no harm: it gets too old.
  }
}

/** FNV-1a, twice 32 bits: a name that doesn't show numbers. node:crypto would take 1.5 ms of each start. */
function digest(text: string): string {
  const half = (seed: number) => {
    let hash = seed;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, "0");
  };
  return half(0x811c9dc5) + half(0x01234567);
}

export function justPlaced(since: number): CallError {
  const message = `The same call was placed ${ago(since)}: this looks like a double click.`;
  return new CallError("just-placed", message, {
    remedy: "Nothing was dialled now. If you mean it, add --yes, or wait a few seconds.",
    placed: "no",
  });
}

export function ago(milliseconds: number): string {
  return milliseconds < 1_000 ? "just now" : `${Math.round(milliseconds / 1_000)} s ago`;
}
