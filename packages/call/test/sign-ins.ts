// A sign-in for tests: tokens as sipgate's login gives them, and a store that tells what is kept.
import type { Clock, OAuthTokens, TokenStore } from "sipgate-call";

/** A JWT with the claims that matter; nobody checks its signature here. */
export function accessToken(name: string, featureScope = "CLASSIC_PBX"): string {
  const encode = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  return `${encode({ alg: "RS256" })}.${encode({ sub: "w0", featureScope, jti: name })}.signature`;
}

/**
 * @param age seconds since the access token was asked for; it lasts 300
 * @param clock by which it was asked for
 */
export function tokens(age: number, name = "first", clock?: Clock): OAuthTokens {
  return {
    accessToken: accessToken(name),
    askedAt: (clock?.now().getTime() ?? Date.now()) - age * 1_000,
    expiresIn: 300,
    refreshToken: `refresh-${name}`,
    scope: "rtcm:read",
  };
}

export interface MemoryStore extends TokenStore {
  kept: OAuthTokens | undefined;
}

export function memoryStore(kept: OAuthTokens | undefined): MemoryStore {
  let last: Promise<unknown> = Promise.resolve();
  return {
    kept,
    async load() {
      return this.kept;
    },
    async save(next) {
      this.kept = next;
    },
    exclusively(work) {
      const mine = last.then(work, work);
      last = mine.catch(() => {});
      return mine;
    },
  };
}

/** What the login answers to a renewal. */
export function renewedAnswer(name: string): string {
  return JSON.stringify({
    access_token: accessToken(name),
    expires_in: 300,
    refresh_token: `refresh-${name}`,
    refresh_expires_in: 2_592_000,
    token_type: "Bearer",
    scope: "rtcm:read",
  });
}
