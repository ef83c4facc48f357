import { InvalidSettingsError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import { openProfileWith } from "../../files/open-profile.js";
import { DEFAULT_PROFILE } from "../../files/profile-folder.js";
import { claimsOf } from "../../sipgate/auth/credentials.js";
import { meantBy, withoutSlashes } from "../../sipgate/http/urls.js";
import { isTyped, type Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { type Connection, clientFor } from "./client-for.js";
import { loginTransport } from "./login-transport.js";

/**
 * Connects with a sign-in. If it's named, it takes precedence over settings made for another account.
 *
 * @throws InvalidSettingsError if there is no such sign-in, or the settings are for another server
 */
export async function connectToProfile(settings: Settings, output: Output): Promise<Connection> {
  const profile = settings.profile?.value ?? DEFAULT_PROFILE;
  const { credentials, baseUrl } = await openProfileWith(loginTransport(settings, output), profile);
  const own = settings.profile === undefined ? settings : typedOnly(settings);
  if (own.baseUrl !== undefined && withoutSlashes(own.baseUrl.value) !== baseUrl)
    throw otherServer(own.baseUrl, profile, baseUrl);
  const parts = clientFor(credentials, baseUrl, own, output);
  // One account may have two profiles here.
  const { masterSipId = profile, sub } = claimsOf(await credentials.currentToken());
  return {
    ...parts,
    account: `${meantBy(new URL(baseUrl))} ${masterSipId} ${sub}`,
    isOneUser: sub !== undefined,
    sandbox: false,
    profile,
    close: async () => {},
  };
}

/** Without platform and base URL from the environment and .env: they belong to the token there. */
function typedOnly({ baseUrl, platform, ...others }: Settings): Settings {
  return {
    ...others,
    ...(baseUrl !== undefined && isTyped(baseUrl) ? { baseUrl } : {}),
    ...(platform !== undefined && isTyped(platform) ? { platform } : {}),
  };
}

function otherServer(
  { value, from }: { readonly value: string; readonly from: string },
  profile: string,
  baseUrl: string,
): InvalidSettingsError {
  const message = `It's ${printable(value)}, but the sign-in ${profile} is for ${printable(baseUrl)}.`;
  const remedy = "Remove it, name a sign-in for that server with --profile, or set a token for it.";
  return new InvalidSettingsError([{ field: from, code: "other-server", message, remedy }]);
}
