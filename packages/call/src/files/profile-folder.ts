// Where sign-ins are kept. A small file, because each start without other credentials needs it.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The profile that is meant if none is named. */
export const DEFAULT_PROFILE = "default";

/** Whether a name may be a profile's: it becomes the name of a file, and never a path. */
export function isProfileName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(name);
}

/**
 * In the user's settings folder: `$XDG_CONFIG_HOME` if it's an absolute path, otherwise this system's own.
 */
export function profileFolder(): string {
  const { XDG_CONFIG_HOME: given } = process.env;
  const folder = given !== undefined && isAbsolute(given) ? given : systemFolder();
  return join(folder, "sipgate-call", "profiles");
}

function systemFolder(): string {
  if (process.platform === "win32") return process.env.APPDATA || join(homedir(), "AppData", "Roaming");
  return process.platform === "darwin"
    ? join(homedir(), "Library", "Application Support")
    : join(homedir(), ".config");
}

/** Where a profile is, or would be. */
export function profilePath(name: string): string {
  return join(profileFolder(), `${name}.json`);
}

export function profileExists(name: string): boolean {
  return existsSync(profilePath(name));
}
