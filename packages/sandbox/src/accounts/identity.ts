import type { Account } from "./account.js";
import type { GrantedScopes } from "./scopes.js";

/** How every request with a token is treated, whichever operation it's for. */
export type Condition = "normal" | "password-reset" | "rate-limited" | "broken-server" | "expired";

/** The user behind a request, and what the request may do. */
export interface Identity {
  readonly account: Account;
  readonly userId: string;
  readonly scopes: GrantedScopes;
  readonly condition: Condition;
}
