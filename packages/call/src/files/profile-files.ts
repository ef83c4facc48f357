// Sign-ins as files in the user's settings folder: one for each profile, which only its user can read. If the
// system has a key store, the file is sealed with a key that is kept there.

import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../call/clock.js";
import { CallError } from "../call/errors.js";
import { isError } from "../call/text/is-error.js";
import { printable } from "../call/text/printable.js";
import { systemCodeOf } from "../call/text/system-code.js";
import type { OAuthTokens, TokenStore } from "../sipgate/auth/oauth-tokens.js";
import { parseObject } from "../sipgate/http/json.js";
import { type LockOptions, type Turn, withLock } from "./file-lock.js";
import { forgetKey, keyOf } from "./key-store.js";
import { bytesOfFile } from "./plain-file.js";
import { namesIn, writeDraft } from "./private-files.js";
import { isProfileName, profileFolder, profilePath, turnsFolder } from "./profile-folder.js";
import { decodeProfile, type Profile } from "./profile-json.js";
import { seal, unseal } from "./seal.js";

/** A sign-in is sealed, and the key store doesn't give the key. */
export class KeyStoreClosed extends Error {}

/** Undefined if there is none. @throws Error if it can't be read */
export async function readProfile(name: string): Promise<Profile | undefined> {
  const written = fileText(name);
  if (written === undefined) return undefined;
  const { sealed } = parseObject(written);
  if (typeof sealed !== "string") return decodeProfile(written);
  const key = await keyOf(name);
  if (key === undefined) throw new KeyStoreClosed();
  return { ...decodeProfile(unseal(sealed, key)), key };
}

function fileText(name: string): string | undefined {
  try {
    return bytesOfFile(profilePath(name)).toString("utf8");
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Replaces a profile: all of it, or nothing. */
export async function writeProfile(name: string, { key, ...profile }: Profile): Promise<void> {
  const text = JSON.stringify(profile);
  const written = key === undefined ? text : JSON.stringify({ sealed: seal(text, key) });
  const draft = await writeDraft(profileFolder(), written);
  try {
    await rename(draft, profilePath(name));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}

/** Removes a profile, and the drafts that killed processes have left of any profile. */
export async function removeProfile(name: string): Promise<void> {
  await rm(profilePath(name), { force: true });
  await forgetKey(name);
  for (const file of await namesIn(profileFolder())) {
    const path = join(profileFolder(), file);
    if (file.endsWith(".draft") && (await isLeft(path))) await rm(path, { force: true });
  }
}

/** Milliseconds after which no process still writes a draft. */
const LEFT_AFTER = 600_000;

async function isLeft(draft: string): Promise<boolean> {
  try {
    return systemClock.now().getTime() - (await stat(draft)).mtimeMs > LEFT_AFTER;
  } catch {
    return false; // Its owner has just renamed it.
  }
}

/** The names of all profiles, in alphabetical order. */
export async function profileNames(): Promise<string[]> {
  const files = (await namesIn(profileFolder())).filter((file) => file.endsWith(".json"));
  return files
    .map((file) => file.slice(0, -".json".length))
    .filter(isProfileName)
    .sort();
}

/**
 * Runs the work while nobody else renews, replaces or ends this profile's sign-in. With `insists`, a process that was
 * stopped while it renewed the sign-in loses its turn.
 *
 * @throws CallError also if the system doesn't let it, as on a full disk
 */
export async function withProfileLocked<T>(
  name: string,
  work: (turn: Turn) => Promise<T>,
  options?: LockOptions,
): Promise<T> {
  try {
    return await withLock(turnsFolder(), name, work, options);
  } catch (error) {
    if (error instanceof CallError) throw error;
    const why = isError(error) ? ` ${printable(error.message)}` : "";
    throw new CallError("store-failed", `The sign-in can't be read or kept.${why}`, {
      remedy: "Mend that and try again.",
      placed: "no",
      cause: error,
    });
  }
}

/** The tokens of a profile. */
export function profileStore(name: string): TokenStore {
  let turn: Turn | undefined;
  return {
    load: async () => (await readProfile(name))?.tokens,
    async save(tokens: OAuthTokens) {
      // A refresh token that is noted as being renewed is about to be sent: two processes must not spend it.
      await (tokens.renewing ? turn?.commit() : turn?.check());
      const profile = await readProfile(name);
      if (profile !== undefined) await writeProfile(name, { ...profile, tokens });
    },
    exclusively: (work) =>
      withProfileLocked(name, async (mine) => {
        turn = mine;
        try {
          return await work();
        } finally {
          turn = undefined;
        }
      }),
  };
}
