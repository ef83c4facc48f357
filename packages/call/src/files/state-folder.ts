import { isAbsolute, join } from "node:path";
import { homeFolder, ownFolder } from "./own-folder.js";

/**
 * Where state belongs on this system: `$XDG_STATE_HOME`, on Windows `%LOCALAPPDATA%`, else `~/.local/state`. Never in the
 * current folder: a key that was used there would be unknown elsewhere.
 *
 * @throws FolderRefused if there is no such folder, or other users could change what is in it
 */
export function stateFolder(name: string): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  const given = process.platform === "win32" ? [XDG_STATE_HOME, LOCALAPPDATA] : [XDG_STATE_HOME];
  // The standard: "If an implementation encounters a relative path […] it should consider the path invalid and ignore it."
  const state = given.find((folder) => folder !== undefined && isAbsolute(folder));
  return ownFolder(state ?? join(homeFolder("XDG_STATE_HOME"), ".local", "state"), name);
}
