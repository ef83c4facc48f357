import type { Login } from "./logins.js";
import type { RealmAddress } from "./realms.js";
import type { LoginScope } from "./scope-list.js";

/** What a user has allowed a program, and all tokens that come of it. */
export interface Session {
  readonly id: string;
  readonly address: RealmAddress;
  readonly login: Login;
  readonly scopes: readonly LoginScope[];
  /** The only refresh token that can still be used; undefined before the first. */
  refreshId: string | undefined;
  /** Its tokens are worth nothing any more. */
  ended: boolean;
}

/** An authorization code, and what it was given for. */
export interface Code {
  readonly session: Session;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  spent: boolean;
}
