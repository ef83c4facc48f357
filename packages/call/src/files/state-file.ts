// Small things that the command line remembers: files that only their user can read, replaced as a whole.
// Synchronous, without Node's threads: those would cost each start of the command line 15 ms of CPU.
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOfFile } from "./plain-file.js";
import { stateFolder } from "./state-folder.js";

const FOLDER = "remembered";

/** What was kept under a name, not checked in any way; undefined if there is nothing that can be read. */
export function readState(name: string): unknown {
  try {
    return JSON.parse(bytesOfFile(join(stateFolder(FOLDER), `${name}.json`)).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Keeps it if possible. @returns whether it was */
export function writeState(name: string, value: unknown): boolean {
  let draft: string | undefined;
  try {
    const folder = stateFolder(FOLDER);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    draft = join(folder, `${name}.${process.pid}.draft`);
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
    renameSync(draft, join(folder, `${name}.json`));
    return true;
  } catch {
    if (draft !== undefined) rmSync(draft, { force: true }); // Such as an empty one on a full disk.
    return false;
  }
}

/** Forgets it. @returns whether that was possible */
export function forgetState(name: string): boolean {
  try {
    rmSync(join(stateFolder(FOLDER), `${name}.json`), { force: true });
    return true;
  } catch {
    return false;
  }
}
