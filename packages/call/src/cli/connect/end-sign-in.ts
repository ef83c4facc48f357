// Ends a stored sign-in at sipgate.
import { systemClock } from "../../call/clock.js";
import { CallError } from "../../call/errors.js";
import type { Profile } from "../../files/profile-json.js";
import { createOAuthServer } from "../../sipgate/auth/oauth-server.js";
import type { OAuthTokens } from "../../sipgate/auth/oauth-tokens.js";
import type { Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { loginTransport } from "./login-transport.js";
import { signedInUntil } from "./stored-sign-in.js";

/** @returns why that failed, as a sentence; undefined if it was ended */
export async function endAtSipgate(
  { client, tokens }: Pick<Profile, "client" | "tokens">,
  settings: Settings,
  output: Output,
): Promise<string | undefined> {
  try {
    await createOAuthServer(client, loginTransport(settings, output)(systemClock), systemClock).revoke(
      tokens,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return error.message;
  }
}

/** How long a sign-in stays valid that wasn't ended, such as "until it expires". */
export function untilWhen(tokens: OAuthTokens | undefined): string {
  const until = tokens === undefined ? undefined : signedInUntil(tokens);
  return `until ${until ?? "it expires"}`;
}
