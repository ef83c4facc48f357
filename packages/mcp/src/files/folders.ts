// Where the rules of a person and the state of the tools are kept: in the same folders as those of sipgate-call.
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { InvalidSettingsError } from "sipgate-call";

/** `$XDG_STATE_HOME`, on Windows `%LOCALAPPDATA%`, else `~/.local/state`. @param sandbox keeps its state apart */
export function stateFolder(sandbox: boolean): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  const given = process.platform === "win32" ? [XDG_STATE_HOME, LOCALAPPDATA] : [XDG_STATE_HOME];
  const base = absolute(given) ?? join(homeFolder(), ".local", "state");
  return join(base, "sipgate-call", sandbox ? "agents-sandbox" : "agents");
}

/** `$XDG_CONFIG_HOME`, on Windows `%APPDATA%`, on macOS `~/Library/Application Support`, else `~/.config`. */
export function rulesFile(): string {
  const { XDG_CONFIG_HOME, APPDATA } = process.env;
  const given = process.platform === "win32" ? [XDG_CONFIG_HOME, APPDATA] : [XDG_CONFIG_HOME];
  const usual = process.platform === "darwin" ? ["Library", "Application Support"] : [".config"];
  return join(absolute(given) ?? join(homeFolder(), ...usual), "sipgate-call", "agents.json");
}

export function homeFolder(): string {
  const home = process.env.HOME || homedir();
  if (isAbsolute(home)) return home;
  const message = "It isn't a whole path, so there is no place to keep anything.";
  const remedy = "Set HOME to the user's own folder.";
  throw new InvalidSettingsError([{ field: "HOME", code: "invalid", message, remedy }]);
}

function absolute(folders: readonly (string | undefined)[]): string | undefined {
  return folders.find((folder) => folder !== undefined && isAbsolute(folder));
}
