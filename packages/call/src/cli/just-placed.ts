// A double click, or the same command twice within seconds, must not ring somebody twice. Whoever places a call leaves
// an empty file for a few seconds that says so; its name is a digest of the call.
import { closeSync, mkdirSync, openSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { CallError } from "../call/errors.js";

/** Milliseconds within which the same call again is taken for a mistake. */
const WINDOW = 5_000;

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
  const pathIn = (which: number) => join(folder, `${name}.${which}`);
  const own = pathIn(period);
  const mark = (since?: number): Mark => ({ since, remove: () => removeQuietly(own) });
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(own, "wx", 0o600)); // Fails for all but the first of this period.
  } catch (error) {
    return isThere(error) ? { since: ageOf(own), remove: () => {} } : mark();
  }
  // Whoever came in a period next to this one has left a mark before looking, as here: one of the two sees the other's.
  const ages = [period - 1, period + 1].map((which) => ageOf(pathIn(which)));
  forgetOld(folder);
  return mark(ages.find((age) => age !== undefined && age <= WINDOW));
}

/** Names hold a time and are never used again, so that nobody's new mark is taken away. */
function forgetOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if ((ageOf(path) ?? 0) > 10 * WINDOW) removeQuietly(path);
  }
}

/** Most marks that are asked for aren't there: an error for each would take longer than all else here. */
function ageOf(path: string): number | undefined {
  try {
    const mark = statSync(path, { throwIfNoEntry: false });
    return mark === undefined ? undefined : Math.abs(Date.now() - mark.mtimeMs);
  } catch {
    return undefined;
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It's old by the time that it would be missed.
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
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
