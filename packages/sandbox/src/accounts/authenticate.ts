import type { Identity } from "./identity.js";
import { KNOWN_TOKENS, type KnownToken } from "./tokens.js";

const BY_ID = new Map(KNOWN_TOKENS.filter(({ tokenId }) => tokenId !== undefined).map((t) => [t.tokenId, t]));
const BY_BEARER = new Map(
  KNOWN_TOKENS.filter(({ tokenId }) => tokenId === undefined).map((t) => [t.token, t]),
);

/** Finds the identity behind an access token of a sign-in; `undefined` if it's unknown, expired or revoked. */
export type FindSignedIn = (accessToken: string) => Identity | undefined;

/** The identity behind an `Authorization` header; `undefined` if it's missing, malformed, wrong or expired. */
export function authenticate(header: string | undefined, signedIn: FindSignedIn): Identity | undefined {
  const [, scheme = "", credentials = ""] = /^(\S+) +(\S+)$/.exec(header ?? "") ?? [];
  switch (scheme.toLowerCase()) {
    case "basic":
      return fromBasic(credentials);
    case "bearer":
      return unlessExpired(BY_BEARER.get(credentials)) ?? signedIn(credentials);
    default:
      return undefined;
  }
}

function fromBasic(credentials: string): KnownToken | undefined {
  const text = Buffer.from(credentials, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const known = BY_ID.get(text.slice(0, Math.max(colon, 0)));
  return known?.token === text.slice(colon + 1) ? known : undefined;
}

function unlessExpired(token: KnownToken | undefined): KnownToken | undefined {
  return token?.condition === "expired" ? undefined : token;
}
