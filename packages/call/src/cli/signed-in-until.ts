import type { OAuthTokens } from "../sipgate/oauth-tokens.js";

/** When a sign-in ends that isn't used any more, as ISO 8601. Undefined where sipgate hasn't said, or it doesn't end. */
export function signedInUntil({ askedAt, refreshExpiresIn }: OAuthTokens): string | undefined {
  if (refreshExpiresIn === undefined || refreshExpiresIn === 0) return undefined;
  return new Date(askedAt + refreshExpiresIn * 1_000).toISOString();
}
