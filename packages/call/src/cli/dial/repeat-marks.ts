// A double click, or the same command twice within seconds, must not ring somebody twice. Whoever places a call leaves
// an empty file for a few seconds that says so; its name is a digest of the call.

import { closeSync, mkdirSync, openSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { systemCodeOf } from "../../call/text/system-code.js";
import { CommandError } from "../command-error.js";

/** Milliseconds within which the same call again is taken for a mistake. */
const WINDOW = 5_000;
/** How many windows a mark is kept: far longer than the looks of all that may be under way take. */
const PERIODS_KEPT = 10;

export interface Mark {
  /** Milliseconds since the same call was placed from this machine; undefined where it wasn't just now. */
  readonly since: number | undefined;
  /** Takes the mark back: nothing was dialled. */
  remove(): void;
}

/**
 * Marks that a call is being placed. Of any number of processes that do so at the same instant, at most one is told
 * that it's the first.
 *
 * @param call what tells it from other calls
 * @param folder where marks are; one that can't be written to keeps nobody from calling
 */
export function markCall(call: readonly (string | undefined)[], folder: string): Mark {
  const name = digest(JSON.stringify(call));
  const period = Math.floor(Date.now() / WINDOW);
  const own = `${name}.${period}`;
  const path = (mark: string) => join(folder, mark);
  const mark = (since?: number): Mark => ({ since, remove: () => removeQuietly(path(own)) });
  let others: string[];
  try {
    create(path(own), folder); // Fails for all but the first of this period.
    // Whoever came in a period next to this one has left a mark before looking, as here: one of the two sees the other's.
    others = readdirSync(folder);
  } catch (error) {
    return systemCodeOf(error) === "EEXIST" ? { since: ageOf(path(own)), remove: () => {} } : mark();
  }
  for (const other of others) if (isOld(other, period)) removeQuietly(path(other));
  const ages = [period - 1, period + 1]
    .map((which) => `${name}.${which}`)
    .filter((neighbour) => others.includes(neighbour))
    .map((neighbour) => ageOf(path(neighbour)));
  return mark(ages.find((age) => age !== undefined && age <= WINDOW));
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

/** Names hold a time and are never used again, so that nobody's new mark is taken away. */
function isOld(mark: string, period: number): boolean {
  return Math.abs(Number(mark.split(".")[1]) - period) > PERIODS_KEPT;
}

function ageOf(path: string): number | undefined {
  try {
    return Math.abs(Date.now() - statSync(path).mtimeMs);
  } catch {
    return undefined; // It was taken back in the meantime.
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It's old by the time that it would be missed.
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

export function justPlaced(since: number): CommandError {
  const message = `The same call was placed ${ago(since)}: this looks like a double click.`;
  const remedy = "Nothing was dialled now. If you mean it, add --yes, or wait a few seconds.";
  return new CommandError("just-placed", message, remedy);
}

export function ago(milliseconds: number): string {
  return milliseconds < 1_000 ? "just now" : `${Math.round(milliseconds / 1_000)} s ago`;
}
