import { randomBytes, randomUUID } from "node:crypto";
import type { Identity } from "../accounts/identity.js";
import { CODE_LIFETIME_MS } from "../assumptions.js";
import type { Clock } from "../clock.js";
import { ExpiringMap } from "../expiring-map.js";
import { claimsSignedWith, signedWithKey, signedWithSecret } from "../jwt.js";
import type { Attempt } from "./attempts.js";
import type { AuthorizationRequest } from "./authorization-request.js";
import type { Login } from "./logins.js";
import type { Realm, RealmAddress } from "./realms.js";
import type { LoginScope } from "./scope-list.js";
import type { Code, Session } from "./session.js";
import { ACCESS_LIFETIME, accessClaims, idClaims, REFRESH_LIFETIME, refreshClaims } from "./token-claims.js";

/** A new pair of tokens. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  /** Who the user is, for a program that asked for the scope openid. */
  readonly id: string | undefined;
}

/** A refresh token that this sandbox has issued. Its session lasts as long as its newest refresh token. */
export interface RefreshToken {
  readonly session: Session;
  /** Whether it was used before. */
  readonly used: boolean;
}

/** All codes and tokens of one sandbox. */
export class Sessions {
  readonly #clock: Clock;
  readonly #refreshSecret = randomBytes(64).toString("hex");
  readonly #codes: ExpiringMap<Code>;
  readonly #sessions: ExpiringMap<Session>;
  readonly #accessTokens: ExpiringMap<{ session: Session; scopes: readonly LoginScope[] }>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#codes = new ExpiringMap(clock);
    this.#sessions = new ExpiringMap(clock);
    this.#accessTokens = new ExpiringMap(clock);
  }

  /** Starts a session with what the user has allowed. Returns a code for it, and its id. */
  allow({ address, request }: Attempt, login: Login): { code: string; sessionId: string } {
    const { redirectUri, challenge } = request;
    const session = newSession(address, request, login);
    const code = randomBytes(32).toString("base64url");
    const entry: Code = { session, redirectUri, challenge, used: false };
    this.#codes.set(code, entry, this.#clock.now + CODE_LIFETIME_MS);
    return { code, sessionId: session.id };
  }

  /** Starts a session that has one access token and can't be renewed. Returns the token, and the session's id. */
  async allowAtOnce(
    { address, request }: Attempt,
    login: Login,
  ): Promise<{ access: string; sessionId: string }> {
    const session = newSession(address, request, login);
    const access = await this.#issueAccess(session, session.scopes, Math.floor(this.#clock.now / 1_000));
    return { access, sessionId: session.id };
  }

  /** Uses up a code. A second use ends the session: one of the two users has stolen the code. */
  take(code: string, realm: Realm): Code | undefined {
    const entry = this.#codes.get(code);
    if (entry === undefined || entry.session.address.realm !== realm) return undefined;
    if (entry.used) {
      this.end(entry.session);
      return undefined;
    }
    entry.used = true;
    return entry;
  }

  /** Issues new tokens. The previous refresh token counts as used from now on. */
  async renew(session: Session, scopes: readonly LoginScope[]): Promise<Tokens> {
    const now = Math.floor(this.#clock.now / 1_000);
    const refreshId = randomUUID();
    session.refreshId = refreshId;
    this.#sessions.set(session.id, session, (now + REFRESH_LIFETIME) * 1_000);
    const isIdentified = scopes.includes("openid");
    return {
      access: await this.#issueAccess(session, scopes, now),
      id: isIdentified ? await signedWithKey(idClaims(session, now)) : undefined,
      refresh: signedWithSecret(this.#refreshSecret, refreshClaims(session, refreshId, now), "HS512"),
    };
  }

  refreshToken(token: string, realm: Realm): RefreshToken | undefined {
    const claims = claimsSignedWith(this.#refreshSecret, token);
    const session = this.#sessions.get(String(claims?.sid));
    if (session === undefined || session.address.realm !== realm) return undefined;
    return { session, used: claims?.jti !== session.refreshId };
  }

  /** Revokes an access token, or ends the whole session of a refresh token. */
  revoke(token: string, realm: Realm): void {
    const session = this.refreshToken(token, realm)?.session;
    if (session !== undefined) this.end(session);
    else if (this.#accessTokens.get(token)?.session.address.realm === realm) this.#accessTokens.delete(token);
  }

  end(session: Session): void {
    session.ended = true;
    this.#sessions.delete(session.id);
  }

  /** The identity behind an access token; `undefined` if it's unknown, expired or revoked. */
  identityOf(accessToken: string): Identity | undefined {
    const token = this.#accessTokens.get(accessToken);
    if (token === undefined || token.session.ended) return undefined;
    const { account, userId } = token.session.login;
    return { account, userId, scopes: new Set(token.scopes), condition: "normal" };
  }

  /** @param now in seconds since 1970 */
  async #issueAccess(session: Session, scopes: readonly LoginScope[], now: number): Promise<string> {
    const access = await signedWithKey(accessClaims(session, scopes, now));
    this.#accessTokens.set(access, { session, scopes }, (now + ACCESS_LIFETIME) * 1_000);
    return access;
  }
}

function newSession(address: RealmAddress, { scopes, nonce }: AuthorizationRequest, login: Login): Session {
  return { id: randomUUID(), address, login, scopes, nonce, refreshId: undefined, ended: false };
}
