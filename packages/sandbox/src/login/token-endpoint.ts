import { createHash } from "node:crypto";
import { OAuthError } from "./oauth-error.js";
import { type Parameters, required } from "./parameters.js";
import type { Realm } from "./realms.js";
import { type LoginScope, scopesFrom } from "./scope-list.js";
import type { Session } from "./session.js";
import type { Sessions } from "./sessions.js";
import { ACCESS_LIFETIME, REFRESH_LIFETIME } from "./token-claims.js";

/** The response to an authenticated client's request for tokens. Throws an OAuthError if it's refused. */
export async function tokensFor(sessions: Sessions, realm: Realm, form: Parameters): Promise<object> {
  const { session, scopes } = grantOf(sessions, realm, form);
  const { access, refresh, id } = await sessions.renew(session, scopes);
  return {
    access_token: access,
    expires_in: ACCESS_LIFETIME,
    refresh_expires_in: REFRESH_LIFETIME,
    refresh_token: refresh,
    token_type: "Bearer",
    ...(id === undefined ? {} : { id_token: id }),
    "not-before-policy": 0,
    session_state: session.id,
    scope: scopes.join(" "),
  };
}

/** The session to issue tokens for, and with which of its scopes. */
interface Grant {
  readonly session: Session;
  readonly scopes: readonly LoginScope[];
}

function grantOf(sessions: Sessions, realm: Realm, form: Parameters): Grant {
  switch (required(form, "grant_type")) {
    case "authorization_code":
      return byCode(sessions, realm, form);
    case "refresh_token":
      return byRefreshToken(sessions, realm, form);
    default:
      throw new OAuthError("unsupported_grant_type", "Unsupported grant_type");
  }
}

function byCode(sessions: Sessions, realm: Realm, form: Parameters): Grant {
  const code = sessions.take(required(form, "code"), realm);
  if (code === undefined) throw invalidGrant("Code not valid");
  if (form.get("redirect_uri") !== code.redirectUri) throw invalidGrant("Incorrect redirect_uri");
  const verifier = form.get("code_verifier");
  if (code.challenge !== undefined && verifier === undefined) {
    throw invalidGrant("PKCE code verifier not specified");
  }
  if (verifier !== undefined && challengeOf(verifier) !== code.challenge) {
    throw invalidGrant("PKCE verification failed");
  }
  return { session: code.session, scopes: code.session.scopes };
}

/** A second use of a refresh token ends the session: either this user or the one before has stolen it. */
function byRefreshToken(sessions: Sessions, realm: Realm, form: Parameters): Grant {
  const token = sessions.refreshToken(required(form, "refresh_token"), realm);
  if (token === undefined) throw invalidGrant("Token is not active");
  const { session, used } = token;
  if (used) {
    sessions.end(session);
    throw invalidGrant("Stale token");
  }
  if (!form.has("scope")) return { session, scopes: session.scopes };
  const scopes = scopesFrom(form.get("scope"));
  if (scopes === undefined || !scopes.every((scope) => session.scopes.includes(scope))) {
    throw new OAuthError("invalid_scope", "Invalid scopes");
  }
  return { session, scopes };
}

function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

function invalidGrant(description: string): OAuthError {
  return new OAuthError("invalid_grant", description);
}
