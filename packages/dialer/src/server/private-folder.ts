// A folder that only this user can read: one-time codes, and which pages were opened.
import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const NAME = "sipgate-dialer";

export function defaultFolder(): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  const given = process.platform === "win32" ? [XDG_STATE_HOME, LOCALAPPDATA] : [XDG_STATE_HOME];
  // The standard says to ignore a relative one.
  const state = given.find((folder) => folder !== undefined && isAbsolute(folder));
  return join(state ?? join(homedir(), ".local", "state"), NAME);
}

/** @throws Error if the folder is a link or somebody else's: what stands in it decides who may call */
export function openPrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  const isOwn = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isDirectory() || !isOwn) throw new Error(`${path} isn't a folder of this user's. Remove it.`);
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0) chmodSync(path, 0o700);
}
