// The system's key store: Keychain, Credential Manager, Secret Service. @napi-rs/keyring reaches it, a package that users
// may install beside this one; where it isn't installed, or there is no key store, that's no error.
import { randomBytes } from "node:crypto";
import type { Entry } from "@napi-rs/keyring";

/** The key that a profile was sealed with. Undefined where there's none, or the key store can't be opened. */
export async function keyOf(profile: string): Promise<Buffer | undefined> {
  return asked(profile, (entry) => {
    const kept = entry.getPassword();
    return kept === null ? undefined : Buffer.from(kept, "base64");
  });
}

/** A key for a profile, from now on in the key store. Undefined where there is no key store. */
export async function makeKey(profile: string): Promise<Buffer | undefined> {
  return asked(profile, (entry) => {
    const key = randomBytes(32);
    entry.setPassword(key.toString("base64"));
    return key;
  });
}

export async function forgetKey(profile: string): Promise<void> {
  await asked(profile, (entry) => entry.deletePassword());
}

async function asked<T>(profile: string, ask: (entry: Entry) => T): Promise<T | undefined> {
  try {
    const { Entry } = await import("@napi-rs/keyring");
    // Linux' other store, the kernel's, forgets at each start of the machine.
    return ask(new Entry("sipgate-call", profile, { linux: { store: "secret-service" } }));
  } catch {
    return undefined;
  }
}
