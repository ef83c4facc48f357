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
  /**
   * The country of numbers without a country code: two letters, ISO 3166-1.
   *
   * @default "DE"
   */
  readonly defaultCountry?: string | undefined;
  /** The phone that is chosen until the user chooses one: its extension. */
  readonly caller?: string | undefined;
}

/** What was read ahead is used for so long, and once. */
const AHEAD_MS = 10_000;

export class Accounts {
  readonly #profiles: readonly [Profile, ...Profile[]];
  #chosen: Profile;
  #ahead: { readonly account: Promise<WireAccount>; readonly at: number } | undefined;

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
    this.#ahead = undefined;
  }

  /** The page is about to be opened: what it asks for first is read meanwhile. */
  readAhead(): void {
    const account = this.#read();
    // Asked for again by the page, it fails there.
    account.catch(() => {});
    this.#ahead = { account, at: Date.now() };
  }

  read(): Promise<WireAccount> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead !== undefined && Date.now() - ahead.at < AHEAD_MS ? ahead.account : this.#read();
  }

  async #read(): Promise<WireAccount> {
    const { name, client, sandboxUrl, caller } = this.#chosen;
    const profiles = this.#profiles.map((profile) => profile.name);
    return {
      sandbox: sandboxUrl !== undefined,
      profiles,
      profile: name,
      caller,
      ...(await readAccount(client)),
    };
  }
}
