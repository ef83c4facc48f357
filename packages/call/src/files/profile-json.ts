import { checkOAuthClient, type OAuthClient } from "../sipgate/auth/oauth-client.js";
import type { OAuthTokens } from "../sipgate/auth/oauth-tokens.js";
import { type Json, optionalText, parseObject, text, WireError } from "../sipgate/http/json.js";

/** A sign-in and what it takes to use and renew it, from any folder. */
export interface Profile {
  readonly client: OAuthClient;
  /** Where sipgate's API is. The tokens are only for this one. */
  readonly baseUrl: string;
  readonly tokens: OAuthTokens;
  /** The key that its file is sealed with, if the system's key store keeps one. */
  readonly key?: Buffer | undefined;
}

/**
 * A profile as it was written down.
 *
 * @throws Error if it isn't one
 */
export function decodeProfile(json: string): Profile {
  const entry = parseObject(json);
  return {
    client: clientOf(part(entry, "client")),
    baseUrl: text(entry, "baseUrl"),
    tokens: tokensOf(part(entry, "tokens")),
  };
}

function clientOf(entry: Json): OAuthClient {
  const client = {
    clientId: text(entry, "clientId"),
    clientSecret: optionalText(entry, "clientSecret"),
    realm: optionalText(entry, "realm") as OAuthClient["realm"],
    loginUrl: optionalText(entry, "loginUrl"),
  };
  checkOAuthClient(client);
  return client;
}

function tokensOf(entry: Json): OAuthTokens {
  return {
    accessToken: text(entry, "accessToken"),
    askedAtMs: number(entry, "askedAtMs"),
    expiresInSeconds: number(entry, "expiresInSeconds"),
    refreshToken: text(entry, "refreshToken"),
    refreshExpiresInSeconds:
      entry.refreshExpiresInSeconds === undefined ? undefined : number(entry, "refreshExpiresInSeconds"),
    scope: optionalText(entry, "scope"),
    ...(entry.renewing === true ? { renewing: true } : {}),
  };
}

function number(from: Json, field: string): number {
  const value = from[field];
  if (typeof value !== "number") throw new WireError(`${field} isn't a number.`);
  return value;
}

function part(from: Json, field: string): Json {
  const value = from[field];
  if (typeof value !== "object" || value === null) throw new WireError(`${field} is missing.`);
  return value as Json;
}
