// Folders that must belong to the user of this program: what is kept there decides whom it calls, and for whom.
import { lstatSync, type Stats, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { systemCodeOf } from "../call/text/system-code.js";

/** A folder can't be used: why, and what to do. */
export class FolderRefused extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/**
 * The user's home folder.
 *
 * @param instead the variable that names another folder, for the error
 * @throws FolderRefused if there is none: some containers run as a user that their system doesn't know
 */
export function homeFolder(instead: string): string {
  const home = process.env.HOME || systemHome();
  if (home !== undefined && isAbsolute(home)) return home;
  const why = home === undefined ? "This user has no home folder" : "HOME isn't a whole path";
  throw new FolderRefused(
    `${why}, so there is no place to keep anything.`,
    `Set HOME to the user's own folder, or ${instead} to any other.`,
  );
}

function systemHome(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

/**
 * Our folder below a folder of the system's, and a folder in it. They needn't exist yet.
 *
 * @param below a whole path
 * @throws FolderRefused if other users could change what is in them, or they are no folders
 */
export function ownFolder(below: string, name: string): string {
  const ours = join(below, "sipgate-call");
  const folder = join(ours, name);
  checkFolder(ours);
  checkFolder(folder);
  return folder;
}

/** A link counts as well as what it leads to: its owner can change where that is. */
function checkFolder(path: string): void {
  const found = statusOf(path, lstatSync);
  if (found === undefined) return;
  const folder = found.isSymbolicLink() ? statusOf(path, statSync) : found;
  if (folder === undefined || !folder.isDirectory())
    throw new FolderRefused(`${path} isn't a folder.`, "Remove it, or move it away.");
  const user = process.geteuid?.();
  if (user === undefined) return; // Windows has neither these owners nor these modes.
  if (found.uid !== user || folder.uid !== user)
    throw new FolderRefused(
      `${path} belongs to another user of this machine, who could change what is kept there.`,
      "Remove it, or become its owner.",
    );
  if ((folder.mode & 0o022) !== 0)
    throw new FolderRefused(
      `Other users of this machine can change what is kept in ${path}.`,
      `Run: chmod go-w ${path}`,
    );
}

function statusOf(path: string, look: (path: string) => Stats): Stats | undefined {
  try {
    return look(path);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === "ENOENT") return undefined;
    throw new FolderRefused(`${path} can't be read (${code}).`, "Mend that, or name another folder.");
  }
}
