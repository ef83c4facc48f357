// How a browser is let in: a private file sends it on with a code that works once. Who can write into the private folder
// is this user, so any process of theirs can make a code, also for a dialer that already runs.
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LIFETIME_MS = 120_000;

/** A code is for one port: what listens on another can't use it. */
const digestOf = (code: string, port: number) => createHash("sha256").update(`${port} ${code}`).digest("hex");
const pathOf = (folder: string, digest: string) => join(folder, `open-${digest}.html`);

/**
 * Writes the file that a browser opens. The code stands in no process list, and in the part of the URL that browsers
 * send to nobody.
 *
 * @param number to fill in, if any
 * @returns the file's path
 */
export function writeOpener(folder: string, port: number, number = ""): string {
  removeOld(folder);
  const code = randomBytes(32).toString("base64url");
  const fill = number === "" ? "" : `&amp;tel=${encodeURIComponent(number)}`;
  const address = `http://127.0.0.1:${port}/#code=${code}${fill}`;
  const file = pathOf(folder, digestOf(code, port));
  const page = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>sipgate-dialer</title><meta http-equiv="refresh" content="0;url=${address}">`;
  writeFileSync(file, `${page}\n`, { mode: 0o600, flag: "wx" });
  return file;
}

/** @returns whether the code was valid. It isn't any more. */
export function useCode(folder: string, port: number, code: string): boolean {
  const file = pathOf(folder, digestOf(code, port));
  try {
    const isFresh = Date.now() - statSync(file).mtimeMs < LIFETIME_MS;
    rmSync(file); // Of two at once, one fails here.
    return isFresh;
  } catch {
    return false;
  }
}

function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!name.startsWith("open-")) continue;
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > LIFETIME_MS) rmSync(file, { force: true });
  }
}
