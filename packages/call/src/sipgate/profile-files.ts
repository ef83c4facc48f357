// Sign-ins as files in the user's folder for settings: one for each profile, for its user's eyes only.
import { readFile, rename, unlink } from "node:fs/promises";
import { withLock } from "./file-lock.js";
import type { OAuthTokens, TokenStore } from "./oauth-tokens.js";
import { codeOf, namesIn, writeDraft } from "./private-files.js";
import { isProfileName, profileFolder, profilePath } from "./profile-folder.js";
import { decodeProfile, type Profile } from "./profile-text.js";

/** @throws Error where it can't be read; undefined where there is none */
export async function readProfile(name: string): Promise<Profile | undefined> {
  try {
    return decodeProfile(await readFile(profilePath(name), "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Replaces a profile: all of it, or nothing. */
export async function writeProfile(name: string, profile: Profile): Promise<void> {
  await rename(await writeDraft(profileFolder(), JSON.stringify(profile)), profilePath(name));
}

/** Whether there was one. */
export async function removeProfile(name: string): Promise<boolean> {
  try {
    await unlink(profilePath(name));
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** The names of all profiles, in the order of the alphabet. */
export async function profileNames(): Promise<string[]> {
  const files = (await namesIn(profileFolder())).filter((file) => file.endsWith(".json"));
  return files
    .map((file) => file.slice(0, -".json".length))
    .filter(isProfileName)
    .sort();
}

/** Runs the work while nobody else renews, replaces or ends this profile's sign-in. */
export function withProfileLocked<T>(name: string, work: () => Promise<T>): Promise<T> {
  return withLock(profileFolder(), name, work);
}

/** The tokens of a profile. */
export function profileStore(name: string): TokenStore {
  return {
    load: async () => (await readProfile(name))?.tokens,
    async save(tokens: OAuthTokens) {
      const profile = await readProfile(name);
      if (profile !== undefined) await writeProfile(name, { ...profile, tokens });
    },
    exclusively: (work) => withProfileLocked(name, work),
  };
}
