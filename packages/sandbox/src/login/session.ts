import type { Login } from "./logins.js";
import type { RealmAddress } from "./realms.js";
import type { LoginScope } from "./scope-list.js";

/** What a user has allowed a program, and the state of its tokens. */
export interface Session {
  readonly id: string;
  readonly address: RealmAddress;
  readonly login: Login;
  readonly scopes: readonly LoginScope[];
  readonly nonce: string | undefined;
  /** The id of the only refresh token that can still be used; `undefined` before the first. */
  refreshId: string | undefined;
  /** Whether its tokens are no longer valid. */
  ended: boolean;
}

/** What belongs to an authorization code. */
export interface Code {
  readonly session: Session;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  used: boolean;
}
