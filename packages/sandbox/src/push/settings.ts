/** An account's push settings, as `/settings/sipgateio` shows them. An empty URL: nothing is pushed. */
export interface AccountPushSettings {
  readonly incomingUrl: string;
  readonly outgoingUrl: string;
  readonly log: boolean;
  /** Extensions; null if the list is switched off, as on the wire. It's kept and shown, but has no effect. */
  readonly whitelist: readonly string[] | null;
}

const UNTOUCHED: AccountPushSettings = { incomingUrl: "", outgoingUrl: "", log: false, whitelist: [] };

/** The push settings of one sandbox's accounts. */
export class PushSettings {
  readonly #byAccount = new Map<string, AccountPushSettings>();

  of(account: string): AccountPushSettings {
    return this.#byAccount.get(account) ?? UNTOUCHED;
  }

  set(account: string, settings: AccountPushSettings): void {
    this.#byAccount.set(account, settings);
  }
}
