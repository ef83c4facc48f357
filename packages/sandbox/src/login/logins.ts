import type { Account } from "../accounts/account.js";
import { ACCOUNTS } from "../accounts/accounts.js";
import type { Platform } from "../switch/call.js";

/** A user who can sign in. */
export interface Login {
  readonly name: string;
  readonly username: string;
  /** Not a secret: it opens nothing but the sandbox. */
  readonly password: string;
  readonly account: Account;
  readonly userId: string;
}

/** A user to sign in as, as the table in docs/sandbox.md lists them. */
export interface DocumentedLogin {
  /** What docs/sandbox.md calls the user. */
  readonly name: string;
  /** The platform of the user's account. */
  readonly platform: Platform;
  /** What is typed into the login's form. */
  readonly username: string;
  /** What is typed below it. */
  readonly password: string;
  /** For instance `w0`. */
  readonly userId: string;
}

export const LOGINS: readonly Login[] = [
  login("classic", ACCOUNTS.classic, "w0"),
  login("neo", ACCOUNTS.neo, "w0"),
  login("classic-second-user", ACCOUNTS.classic, "w1"),
  login("neo-second-user", ACCOUNTS.neo, "w1"),
];

/** The documented list. */
export const DOCUMENTED_LOGINS: readonly DocumentedLogin[] = LOGINS.map(
  ({ name, account, username, password, userId }) => ({
    name,
    platform: account.platform,
    username,
    password,
    userId,
  }),
);

/** The login with this username and password; `undefined` if there is none. */
export function loginWith(username: string, password: string): Login | undefined {
  return LOGINS.find((known) => known.username === username && known.password === password);
}

function login(name: string, account: Account, userId: string): Login {
  return { name, username: name, password: `password-of-${name}`, account, userId };
}
