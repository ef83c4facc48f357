import { randomBytes, randomUUID } from "node:crypto";
import type { Identity } from "../accounts/identity.js";
import { CODE_LIFETIME_MS } from "../assumptions.js";
import type { Clock } from "../clock.js";
import { ExpiringMap } from "../expiring-map.js";
import { claimsSignedWith, signedWithKey, signedWithSecret } from "../jwt.js";
import type { Attempt } from "./attempts.js";
import type { Login } from "./logins.js";
import type { Realm } from "./realms.js";
import type { LoginScope } from "./scope-list.js";
import type { Code, Session } from "./session.js";
import { ACCESS_LIFETIME, accessClaims, REFRESH_LIFETIME, refreshClaims } from "./token-claims.js";

/** A new pair of tokens. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** A refresh token that this sandbox has given, and its session, which lasts for as long as the newest of them. */
export interface RefreshToken {
  readonly session: Session;
  /** Whether it was used before. */
  readonly spent: boolean;
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

  /** A code for what the user has allowed, and the id of the session that it starts. */
  allow({ address, request }: Attempt, login: Login): { code: string; sessionId: string } {
    const { scopes, redirectUri, challenge } = request;
    const id = randomUUID();
    const session: Session = { id, address, login, scopes, refreshId: undefined, ended: false };
    const code = randomBytes(32).toString("base64url");
    const entry: Code = { session, redirectUri, challenge, spent: false };
    this.#codes.set(code, entry, this.#clock.now + CODE_LIFETIME_MS);
    return { code, sessionId: id };
  }

  /** Takes a code, which is spent then. Who brings it again isn't who got it first: that ends the session. */
  take(code: string, realm: Realm): Code | undefined {
    const entry = this.#codes.get(code);
    if (entry === undefined || entry.session.address.realm !== realm) return undefined;
    if (entry.spent) {
      this.end(entry.session);
      return undefined;
    }
    entry.spent = true;
    return entry;
  }

  /** Gives new tokens; the refresh token given before is spent, as of the call. */
  async renew(session: Session, scopes: readonly LoginScope[]): Promise<Tokens> {
    const now = Math.floor(this.#clock.now / 1_000);
    const refreshId = randomUUID();
    session.refreshId = refreshId;
    this.#sessions.set(session.id, session, (now + REFRESH_LIFETIME) * 1_000);
    const access = await signedWithKey(accessClaims(session, scopes, now));
    this.#accessTokens.set(access, { session, scopes }, (now + ACCESS_LIFETIME) * 1_000);
    return {
      access,
      refresh: signedWithSecret(this.#refreshSecret, refreshClaims(session, refreshId, now), "HS512"),
    };
  }

  refreshToken(token: string, realm: Realm): RefreshToken | undefined {
    const claims = claimsSignedWith(this.#refreshSecret, token);
    const session = this.#sessions.get(String(claims?.sid));
    if (session === undefined || session.address.realm !== realm) return undefined;
    return { session, spent: claims?.jti !== session.refreshId };
  }

  /** Ends what a token stands for: a refresh token's whole session, or one access token. */
  revoke(token: string, realm: Realm): void {
    const session = this.refreshToken(token, realm)?.session;
    if (session !== undefined) this.end(session);
    else if (this.#accessTokens.get(token)?.session.address.realm === realm) this.#accessTokens.delete(token);
  }

  end(session: Session): void {
    session.ended = true;
    this.#sessions.delete(session.id);
  }

  /** Whose access token it is; undefined if it isn't one, has expired or was revoked. */
  identityOf(accessToken: string): Identity | undefined {
    const token = this.#accessTokens.get(accessToken);
    if (token === undefined || token.session.ended) return undefined;
    const { account, userId } = token.session.login;
    return { account, userId, scopes: new Set(token.scopes), situation: "normal" };
  }
}
