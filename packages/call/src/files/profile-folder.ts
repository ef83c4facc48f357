// Where sign-ins are kept. A small file, because each start without other credentials needs it.
import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { InvalidSettingsError } from "../call/errors.js";
import { FolderRefused, homeFolder, ownFolder } from "./own-folder.js";

/** The profile that is meant if none is named. */
export const DEFAULT_PROFILE = "default";

/** Whether a name may be a profile's: it becomes the name of a file, and never a path. */
export function isProfileName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(name);
}

/**
 * In the user's settings folder: `$XDG_CONFIG_HOME` if it's an absolute path, otherwise this system's own.
 *
 * @throws InvalidSettingsError if there is no such folder, or other users could change what is in it
 */
export function profileFolder(): string {
  return inSettingsFolder("profiles");
}

/** Where processes take turns at changing a sign-in. @throws InvalidSettingsError as `profileFolder` */
export function turnsFolder(): string {
  return inSettingsFolder("turns");
}

function inSettingsFolder(name: string): string {
  try {
    return ownFolder(settingsFolder(), name);
  } catch (error) {
    if (!(error instanceof FolderRefused)) throw error;
    const { message, remedy } = error;
    throw new InvalidSettingsError([{ field: "folder of sign-ins", code: "folder", message, remedy }]);
  }
}

/** @throws FolderRefused if the user has no home folder */
function settingsFolder(): string {
  const { XDG_CONFIG_HOME: given } = process.env;
  if (given !== undefined && isAbsolute(given)) return given;
  if (process.platform === "win32" && process.env.APPDATA) return process.env.APPDATA;
  const home = homeFolder("XDG_CONFIG_HOME");
  switch (process.platform) {
    case "win32":
      return join(home, "AppData", "Roaming");
    case "darwin":
      return join(home, "Library", "Application Support");
    default:
      return join(home, ".config");
  }
}

/** Where a profile is, or would be. @throws InvalidSettingsError as `profileFolder` */
export function profilePath(name: string): string {
  return join(profileFolder(), `${name}.json`);
}

/** Also if it can't be used: reading it then says why. */
export function profileExists(name: string): boolean {
  try {
    return existsSync(join(settingsFolder(), "sipgate-call", "profiles", `${name}.json`));
  } catch {
    return false; // Without a home folder, nobody can have signed in.
  }
}
