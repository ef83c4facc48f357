import { randomBytes } from "node:crypto";
import { LOGIN_LIFETIME_MS } from "../assumptions.js";
import type { Clock } from "../clock.js";
import { ExpiringMap } from "../expiring-map.js";
import type { AuthorizationRequest } from "./authorization-request.js";
import type { Login } from "./logins.js";
import type { RealmAddress } from "./realms.js";

/** One user's attempt to sign in, from the login page to the redirect back. */
export interface Attempt {
  /** Is in the forms of its pages. */
  readonly id: string;
  /** A cookie of the browser that began the attempt. Forms from elsewhere lack it. */
  readonly secret: string;
  readonly address: RealmAddress;
  readonly request: AuthorizationRequest;
  /** `undefined` until the user has signed in. */
  login: Login | undefined;
}

/** All attempts that haven't ended. */
export class Attempts {
  readonly #clock: Clock;
  readonly #attempts: ExpiringMap<Attempt>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#attempts = new ExpiringMap(clock);
  }

  begin(address: RealmAddress, request: AuthorizationRequest): Attempt {
    const attempt: Attempt = { id: unguessable(), secret: unguessable(), address, request, login: undefined };
    this.#attempts.set(attempt.id, attempt, this.#clock.now + LOGIN_LIFETIME_MS);
    return attempt;
  }

  /** The attempt with this id, if the realm and the browser's cookie match. */
  find(id: string | undefined, { realm }: RealmAddress, cookies: string | undefined): Attempt | undefined {
    const attempt = this.#attempts.get(id ?? "");
    if (attempt === undefined || attempt.address.realm !== realm) return undefined;
    const wanted = `${cookieName(attempt)}=${attempt.secret}`;
    return (cookies ?? "").split("; ").includes(wanted) ? attempt : undefined;
  }

  /** An attempt ends with the user's decision. */
  end({ id }: Attempt): void {
    this.#attempts.delete(id);
  }
}

/** One cookie for each attempt. Several sandboxes on one host share their cookies, since ports don't separate these. */
export function cookieFor(attempt: Attempt): string {
  return `${cookieName(attempt)}=${attempt.secret}; ${attributes(attempt)}; Max-Age=${LOGIN_LIFETIME_MS / 1_000}`;
}

export function clearedCookieFor(attempt: Attempt): string {
  return `${cookieName(attempt)}=; ${attributes(attempt)}; Max-Age=0`;
}

const cookieName = ({ id }: Attempt): string => `sandbox-login-${id}`;

const attributes = ({ address }: Attempt): string =>
  `Path=/auth/realms/${address.realm}/login-actions; HttpOnly; SameSite=Strict`;

const unguessable = (): string => randomBytes(32).toString("base64url");
