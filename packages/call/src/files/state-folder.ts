import { homedir } from "node:os";
import { join } from "node:path";

/** Where state belongs on this system: `$XDG_STATE_HOME`, `%LOCALAPPDATA%`, else `~/.local/state`. */
export function stateFolder(name: string): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  return join(XDG_STATE_HOME || LOCALAPPDATA || join(homedir(), ".local", "state"), "sipgate-call", name);
}
