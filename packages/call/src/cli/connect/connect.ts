import { InvalidSettingsError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import { DEFAULT_PROFILE, profileExists } from "../../files/profile-folder.js";
import type { Credentials } from "../../sipgate/auth/credentials.js";
import { DEFAULT_BASE_URL } from "../../sipgate/hosts.js";
import type { EarlySockets } from "../../sipgate/http/early-sockets.js";
import { meantBy } from "../../sipgate/http/urls.js";
import type { Input } from "../command.js";
import { hasCredentials, settingProblems } from "../settings/setting-problems.js";
import type { Settings } from "../settings/settings.js";
import { secretsOf } from "../settings/trusted-address.js";
import type { Output } from "../terminal/output.js";
import { type Connection, clientFor } from "./client-for.js";
import { connectToSandbox } from "./connect-to-sandbox.js";

/** Whether a sign-in is used: a named one, or the default one if there are no other credentials. */
export function usesSignIn(settings: Settings): boolean {
  if (settings.profile !== undefined) return true;
  if (hasCredentials(settings)) return false;
  return profileExists(DEFAULT_PROFILE);
}

/** @param pushUrl where the sandbox pushes its events to */
export async function openSandbox(settings: Settings, output: Output, pushUrl?: string): Promise<Connection> {
  return connectToSandbox(settings, output, pushUrl);
}

/**
 * Connects to sipgate, or to the embedded sandbox if --sandbox says so.
 *
 * @param sockets that were opened for the first requests
 * @throws InvalidSettingsError naming everything that's missing or wrong
 */
export async function connect(
  settings: Settings,
  input: Input,
  output: Output,
  sockets?: EarlySockets,
): Promise<Connection> {
  if (input.flag("sandbox")) return openSandbox(settings, output);
  if (usesSignIn(settings))
    return (await import("./connect-to-profile.js")).connectToProfile(settings, output);
  const problems = settingProblems(settings);
  if (problems.length > 0) throw new InvalidSettingsError(problems);
  const exposedIn = settings.token?.exposedIn ?? settings.accessToken?.exposedIn;
  if (exposedIn !== undefined) {
    output.warning(`Other users of this machine can read your token in ${exposedIn}: chmod 600 ${exposedIn}`);
  }
  tellOfSignIn(settings, output);
  const parts = clientFor(credentialsOf(settings), settings.baseUrl?.value, settings, output, sockets);
  const account = `${meantBy(new URL(settings.baseUrl?.value ?? DEFAULT_BASE_URL))} ${settings.tokenId?.value ?? ""}`;
  const isOneUser = settings.accessToken === undefined;
  return { ...parts, account, isOneUser, sandbox: false, close: async () => {} };
}

/** A token in a file goes before a sign-in; it may be a stranger's. */
function tellOfSignIn(settings: Settings, output: Output): void {
  const [secret] = secretsOf(settings);
  if (secret?.source !== "file" || !profileExists(DEFAULT_PROFILE)) return;
  const whose = settings.accessToken === undefined ? ` ${printable(secret.value)}` : "";
  output.notice(
    `The token${whose} is used (${secret.from}), not your sign-in. To use that, add --profile ${DEFAULT_PROFILE}.`,
  );
}

function credentialsOf({ tokenId, token, accessToken }: Settings): Credentials {
  if (accessToken !== undefined) return { accessToken: accessToken.value };
  return { tokenId: tokenId?.value ?? "", token: token?.value ?? "" };
}
