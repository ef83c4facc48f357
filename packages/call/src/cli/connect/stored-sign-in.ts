// What a user is told of a sign-in that is stored: where, and how long it lasts.
import { printable } from "../../call/text/printable.js";
import { profilePath } from "../../files/profile-folder.js";
import type { Profile } from "../../files/profile-json.js";
import type { OAuthTokens } from "../../sipgate/auth/oauth-tokens.js";

/** When a sign-in ends that isn't used any more, as ISO 8601. Undefined where sipgate hasn't said, or it doesn't end. */
export function signedInUntil({ askedAtMs, refreshExpiresInSeconds }: OAuthTokens): string | undefined {
  if (refreshExpiresInSeconds === undefined || refreshExpiresInSeconds === 0) return undefined;
  return new Date(askedAtMs + refreshExpiresInSeconds * 1_000).toISOString();
}

export interface Place {
  /** Path of the file. */
  readonly keptIn: string;
  /** Whether it's sealed with a key that is in the system's key store. */
  readonly keyStore: boolean;
}

export function placeOf(name: string, { key }: Profile): Place {
  return { keptIn: profilePath(name), keyStore: key !== undefined };
}

export function inWords({ keptIn, keyStore }: Place): string {
  const path = printable(keptIn, keptIn.length);
  return keyStore
    ? `${path}, sealed with a key in the system's key store`
    : `${path}, which you alone can read; no key store of the system was found`;
}
