/** Where an account has its events pushed, as `/settings/sipgateio` shows it. Empty texts: nowhere. */
export interface AccountPushSettings {
  readonly incomingUrl: string;
  readonly outgoingUrl: string;
  readonly log: boolean;
  /** Extensions; null where the list was switched off. Kept and shown, without effect. */
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
