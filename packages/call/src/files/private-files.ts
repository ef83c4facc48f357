// Files that only their user can read, and that exist whole or not at all.

import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { systemCodeOf } from "../call/text/system-code.js";

/**
 * Writes a file that nobody else reads yet, and waits until it would survive a crash of the machine.
 *
 * @returns its path, to be linked or renamed to where it belongs
 */
export async function writeDraft(folder: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${randomUUID()}.draft`);
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await file.close();
  } catch (error) {
    // The disk is full: nothing is left behind.
    await file.close().catch(() => {});
    await rm(path, { force: true }).catch(() => {});
    throw error;
  }
  return path;
}

/** The names of a folder's files; none if there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return [];
    throw error;
  }
}
