// The sign-in that a new one replaces. Nobody uses it any more, so it's ended at sipgate.

import { readProfile } from "../../files/profile-files.js";
import { profileExists } from "../../files/profile-folder.js";
import type { Profile } from "../../files/profile-json.js";
import { claimsOf } from "../../sipgate/auth/credentials.js";
import type { OAuthTokens } from "../../sipgate/auth/oauth-tokens.js";
import { endAtSipgate, untilWhen } from "../connect/end-sign-in.js";
import type { Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";

/** What became of it; undefined if there was none. */
export type OlderSignIn = "ended" | "still-valid" | undefined;

/** The sign-in under a name before it's replaced. A damaged one can't be ended. */
export async function olderSignIn(name: string): Promise<Profile | "unreadable" | undefined> {
  if (!profileExists(name)) return undefined;
  return readProfile(name).catch(() => "unreadable" as const);
}

/** Ends it at sipgate, if that can't end the new one. Says if it stays valid. */
export async function endOlder(
  older: Profile | "unreadable" | undefined,
  newer: OAuthTokens,
  settings: Settings,
  output: Output,
): Promise<OlderSignIn> {
  if (older === undefined) return undefined;
  const why = await whyNotEnded(older, newer, settings, output);
  if (why === undefined) {
    output.notice("The older sign-in under this name was ended at sipgate.");
    return "ended";
  }
  const until = untilWhen(older === "unreadable" ? undefined : older.tokens);
  output.warning(`The older sign-in under this name stays valid at sipgate ${until}. ${why}`);
  return "still-valid";
}

async function whyNotEnded(
  older: Profile | "unreadable",
  newer: OAuthTokens,
  settings: Settings,
  output: Output,
): Promise<string | undefined> {
  if (older === "unreadable") return "It can't be read.";
  if (mayShareSession(older.tokens, newer)) return SAME_SESSION;
  return endAtSipgate(older, settings, output);
}

const SAME_SESSION = "Both may belong to one session there, so ending it might end the new one, too.";

/** See login-assumptions.ts. */
function mayShareSession(older: OAuthTokens, newer: OAuthTokens): boolean {
  const [before, now] = [sessionOf(older), sessionOf(newer)];
  return before === undefined || now === undefined || before === now;
}

/** The session that a token names; undefined if it names none. */
function sessionOf({ accessToken, refreshToken }: OAuthTokens): unknown {
  return claimsOf(accessToken).sid ?? claimsOf(refreshToken).sid;
}
