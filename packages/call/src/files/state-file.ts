// Small things that the command line remembers: files that only their user can read, replaced as a whole.
// Synchronous, without Node's threads: those would cost each start of the command line 15 ms of CPU.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOfFile } from "./plain-file.js";
import { stateFolder } from "./state-folder.js";

const FOLDER = "remembered";

/**
 * What was kept under a name; undefined if there is nothing, or nothing that is surely this user's. Whoever reads it has
 * to decode it.
 */
export function readState(name: string): unknown {
  try {
    return JSON.parse(bytesOfFile(join(stateFolder(FOLDER), `${name}.json`)).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Keeps it if possible: nothing depends on it. */
export function writeState(name: string, value: unknown): void {
  try {
    const folder = stateFolder(FOLDER);
    const draft = join(folder, `${name}.${process.pid}.draft`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600, flag: "wx" });
    renameSync(draft, join(folder, `${name}.json`));
  } catch {
    // Without such a folder nothing is remembered.
  }
}
