import { randomUUID } from "node:crypto";
import type { Platform } from "../switch/call.js";
import { CLIENT } from "./client.js";
import type { LoginScope } from "./scope-list.js";
import type { Session } from "./session.js";

/** How long an access token lasts, in seconds [official: about 300]. */
export const ACCESS_LIFETIME = 300;
/** How long a refresh token lasts, in seconds [official: 30 days]. */
export const REFRESH_LIFETIME = 30 * 24 * 60 * 60;

/** The claim `featureScope` [official]. */
const FEATURE_SCOPES: Readonly<Record<Platform, string>> = { classic: "CLASSIC_PBX", neo: "NEO_PBX" };

/**
 * The claims of an access token.
 * @param now in seconds since 1970
 */
export function accessClaims(
  { id, address, login }: Session,
  scopes: readonly LoginScope[],
  now: number,
): object {
  return {
    exp: now + ACCESS_LIFETIME,
    iat: now,
    jti: randomUUID(),
    iss: address.issuer,
    sub: login.userId,
    typ: "Bearer",
    azp: CLIENT.clientId,
    session_state: id,
    scope: scopes.join(" "),
    sid: id,
    masterSipId: login.account.masterSipId,
    featureScope: FEATURE_SCOPES[login.account.platform],
  };
}

/** The part of a user's name at the login that all users have in common. Made up. */
const SUBJECT_PREFIX = "f:5a9db0c5-7e57-4a11-8c0d-0000000000f0";

/**
 * The claims of an ID token. Its `sub` isn't the user id of the REST API [reported].
 * @param now in seconds since 1970
 */
export function idClaims({ id, address, login, nonce }: Session, now: number): object {
  return {
    exp: now + ACCESS_LIFETIME,
    iat: now,
    jti: randomUUID(),
    iss: address.issuer,
    aud: CLIENT.clientId,
    sub: `${SUBJECT_PREFIX}:${login.account.masterSipId}${login.userId}`,
    typ: "ID",
    azp: CLIENT.clientId,
    ...(nonce === undefined ? {} : { nonce }),
    session_state: id,
    sid: id,
  };
}

/**
 * The claims of a refresh token. Only the login reads them.
 * @param now in seconds since 1970
 */
export function refreshClaims(
  { id, address, login, scopes }: Session,
  refreshId: string,
  now: number,
): object {
  return {
    exp: now + REFRESH_LIFETIME,
    iat: now,
    jti: refreshId,
    iss: address.issuer,
    aud: address.issuer,
    sub: login.userId,
    typ: "Refresh",
    azp: CLIENT.clientId,
    session_state: id,
    scope: scopes.join(" "),
    sid: id,
  };
}
