import type { Account } from "./account.js";
import type { GrantedScopes } from "./scopes.js";

/** What every request with a token meets, whatever it asks for. */
export type Situation = "normal" | "password-reset" | "rate-limited" | "broken-server" | "expired";

/** Whose request it is, and what it may do. */
export interface Identity {
  readonly account: Account;
  readonly userId: string;
  readonly scopes: GrantedScopes;
  readonly situation: Situation;
}
