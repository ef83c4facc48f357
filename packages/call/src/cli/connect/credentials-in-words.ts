import { printable } from "../../call/text/printable.js";
import { DEFAULT_PROFILE } from "../../files/profile-folder.js";
import { hasCredentials } from "../settings/setting-problems.js";
import type { Settings } from "../settings/settings.js";
import { usesSignIn } from "./connect.js";

/** Which credentials are used, and where they are from. */
export function credentialsInWords(settings: Settings): string {
  const { profile, accessToken, tokenId, token } = settings;
  if (usesSignIn(settings))
    return `the sign-in ${printable(profile?.value ?? DEFAULT_PROFILE)}${profile === undefined ? "" : ` (${profile.from})`}`;
  if (accessToken !== undefined) return `an access token (${accessToken.from})`;
  if (tokenId !== undefined && token !== undefined)
    return `the token ${printable(tokenId.value)} (${tokenId.from})`;
  return hasCredentials(settings) ? "half of a token" : "none";
}
