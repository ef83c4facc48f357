// The accounts that the page can choose from, of which one is used.
import type { Client } from "sipgate-call";
import { Refusal } from "../wire/refusal.js";
import type { WireAccount } from "../wire/wire.js";
import { readAccount } from "./account.js";

export interface Profile {
  readonly name: string;
  readonly client: Client;
  /** The base URL of the sandbox that it's an account of, on this machine. */
  readonly sandboxUrl?: string | undefined;
}

export class Accounts {
  readonly #profiles: readonly [Profile, ...Profile[]];
  #chosen: Profile;

  constructor(profiles: readonly [Profile, ...Profile[]]) {
    this.#profiles = profiles;
    this.#chosen = profiles[0];
  }

  get chosen(): Profile {
    return this.#chosen;
  }

  /** @throws Refusal 404 if there is no such profile */
  choose(name: string): void {
    const found = this.#profiles.find((profile) => profile.name === name);
    if (found === undefined) throw new Refusal(404, "There is no such profile.");
    this.#chosen = found;
  }

  async read(): Promise<WireAccount> {
    const { name, client, sandboxUrl } = this.#chosen;
    const profiles = this.#profiles.map((profile) => profile.name);
    return { sandbox: sandboxUrl !== undefined, profiles, profile: name, ...(await readAccount(client)) };
  }
}
