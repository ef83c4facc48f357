import { join } from "node:path";

/** Where state belongs on this system: `$XDG_STATE_HOME`, `%LOCALAPPDATA%`, else `~/.local/state`. */
export async function stateFolder(name: string): Promise<string> {
  const { XDG_STATE_HOME, LOCALAPPDATA, HOME } = process.env;
  // Services may run without a HOME; only then node:os is loaded, to ask the system.
  const home = async () => join(HOME || (await import("node:os")).homedir(), ".local", "state");
  return join(XDG_STATE_HOME || LOCALAPPDATA || (await home()), "sipgate-call", name);
}
