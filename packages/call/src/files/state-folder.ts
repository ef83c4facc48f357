import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { InvalidSettingsError } from "../call/errors.js";

/**
 * Where state belongs on this system: `$XDG_STATE_HOME`, on Windows `%LOCALAPPDATA%`, else `~/.local/state`. Never in the
 * current folder: a key that was used there would be unknown elsewhere.
 *
 * @throws InvalidSettingsError if the path of the user's home folder isn't absolute
 */
export function stateFolder(name: string): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  const given = process.platform === "win32" ? [XDG_STATE_HOME, LOCALAPPDATA] : [XDG_STATE_HOME];
  // The standard: "If an implementation encounters a relative path […] it should consider the path invalid and ignore it."
  const state = given.find((folder) => folder !== undefined && isAbsolute(folder));
  return join(state ?? join(homeFolder(), ".local", "state"), "sipgate-call", name);
}

/** The user's home folder. Services may run without a HOME: then the system is asked. */
function homeFolder(): string {
  const home = process.env.HOME || homedir();
  if (isAbsolute(home)) return home;
  const message = "It isn't a whole path, so that there is no place to keep anything.";
  const remedy = "Set HOME to the user's own folder, or XDG_STATE_HOME to a folder for state.";
  throw new InvalidSettingsError([{ field: "HOME", code: "invalid", message, remedy }]);
}
