// What a user is told about a stored sign-in: where it is, and how long it lasts.
import { printable } from "../../call/text/printable.js";
import { profilePath } from "../../files/profile-folder.js";
import type { Profile } from "../../files/profile-json.js";
import type { OAuthTokens } from "../../sipgate/auth/oauth-tokens.js";

/** When the sign-in expires if it isn't used, as ISO 8601. Undefined if sipgate doesn't say, or it doesn't expire. */
export function signedInUntil({ askedAtMs, refreshExpiresInSeconds }: OAuthTokens): string | undefined {
  if (refreshExpiresInSeconds === undefined || refreshExpiresInSeconds === 0) return undefined;
  return new Date(askedAtMs + refreshExpiresInSeconds * 1_000).toISOString();
}

export interface Place {
  /** Path of the file. */
  readonly keptIn: string;
  /** Whether the file is sealed with a key from the system's key store. */
  readonly keyStore: boolean;
}

export function placeOf(name: string, { key }: Profile): Place {
  return { keptIn: profilePath(name), keyStore: key !== undefined };
}

export function inWords({ keptIn, keyStore }: Place): string {
  const path = printable(keptIn, keptIn.length);
  return keyStore
    ? `${path}, sealed with a key in the system's key store`
    : `${path}, which only you can read; the system has no key store that works`;
}
