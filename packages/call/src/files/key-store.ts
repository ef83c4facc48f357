// The system's key store: Keychain, Credential Manager, Secret Service. @napi-rs/keyring reaches it, a package that users
// may install beside this one. It's no error if it isn't installed, or if there is no key store.
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import type { Entry } from "@napi-rs/keyring";

/** The key that a profile was sealed with. Undefined if there's none, or the key store can't be opened. */
export async function keyOf(profile: string): Promise<Buffer | undefined> {
  return asked(profile, (entry) => {
    const kept = entry.getPassword();
    return kept === null ? undefined : Buffer.from(kept, "base64");
  });
}

/** Makes a key for a profile and keeps it in the key store. Undefined if there is no key store. */
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
    // Bundlers don't follow this. They would fail on the package's native code wherever it's installed.
    const load = createRequire(import.meta.url);
    const { Entry }: typeof import("@napi-rs/keyring") = load("@napi-rs/keyring");
    // Linux's other store, in the kernel, is empty after each restart of the machine.
    return ask(new Entry("sipgate-call", profile, { linux: { store: "secret-service" } }));
  } catch {
    return undefined;
  }
}
