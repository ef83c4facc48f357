// Small things that the command line remembers: files that only their user can read, replaced as a whole.
// Synchronous, without Node's threads: those would cost each start of the command line 15 ms of CPU.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { stateFolder } from "./state-folder.js";

/** What was kept under a name; undefined if there is nothing that can be read. Whoever reads it has to decode it. */
export function readState(name: string): unknown {
  try {
    return JSON.parse(readFileSync(stateFolder(`${name}.json`), "utf8"));
  } catch {
    return undefined;
  }
}

/** Keeps it if possible. @returns whether it was */
export function writeState(name: string, value: unknown): boolean {
  try {
    const path = stateFolder(`${name}.json`);
    const draft = `${path}.${process.pid}.draft`;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
    renameSync(draft, path);
    return true;
  } catch {
    return false;
  }
}
