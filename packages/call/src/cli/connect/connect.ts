import { InvalidSettingsError, type Problem } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import { DEFAULT_BASE_URL } from "../../client/settings.js";
import { DEFAULT_PROFILE, profileExists } from "../../files/profile-folder.js";
import type { Credentials } from "../../sipgate/auth/credentials.js";
import { meantBy } from "../../sipgate/http/urls.js";
import type { Input } from "../command.js";
import { placeholderProblems, type Settings } from "../settings/settings.js";
import { addressProblems, secretsOf } from "../settings/trusted-address.js";
import type { Output } from "../terminal/output.js";
import { type Connection, clientFor } from "./client-for.js";

/** Whether any credentials are set, even if incomplete. */
export function hasCredentials(settings: Settings): boolean {
  return [settings.tokenId, settings.token, settings.accessToken].some((setting) => setting !== undefined);
}

/** Whether a sign-in is used: a named one, or the default one if there are no other credentials. */
export function usesSignIn(settings: Settings): boolean {
  if (settings.profile !== undefined) return true;
  if (hasCredentials(settings)) return false;
  return profileExists(DEFAULT_PROFILE);
}

/** @param pushUrl where the sandbox pushes its events to */
export async function openSandbox(settings: Settings, output: Output, pushUrl?: string): Promise<Connection> {
  return (await import("./connect-to-sandbox.js")).connectToSandbox(settings, output, pushUrl);
}

/**
 * Connects to sipgate, or to the embedded sandbox if --sandbox says so.
 *
 * @throws InvalidSettingsError naming everything that's missing or wrong
 */
export async function connect(settings: Settings, input: Input, output: Output): Promise<Connection> {
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
  const parts = clientFor(credentialsOf(settings), settings.baseUrl?.value, settings, output);
  const account = `${meantBy(new URL(settings.baseUrl?.value ?? DEFAULT_BASE_URL))} ${settings.tokenId?.value ?? ""}`;
  const isOneUser = settings.accessToken === undefined;
  return { ...parts, account, isOneUser, sandbox: false, close: async () => {} };
}

/** Everything that makes the settings unusable: placeholders left in place and missing credentials. */
function settingProblems(settings: Settings): Problem[] {
  return [
    ...missingCredentials(settings),
    ...placeholderProblems(settings),
    ...addressProblems(settings, "baseUrl", secretsOf(settings)),
  ];
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

function missingCredentials(settings: Settings): Problem[] {
  if (settings.accessToken !== undefined) return [];
  if (!hasCredentials(settings)) return [noCredentials()];
  const missing: Problem[] = [];
  if (settings.tokenId === undefined) missing.push(missingPart("SIPGATE_TOKEN_ID"));
  if (settings.token === undefined) missing.push(missingPart("SIPGATE_TOKEN"));
  return missing;
}

function noCredentials(): Problem {
  return {
    field: "credentials",
    code: "missing",
    message: "There are none in SIPGATE_… variables or in .env, and nobody is signed in.",
    remedy:
      "Run `sipgate-call init`, which asks for your personal access token (https://app.sipgate.com/personal-access-token) and writes .env. Or sign in with `sipgate-call login`. Or add --sandbox to try it without an account.",
  };
}

function missingPart(variable: string): Problem {
  return {
    field: variable,
    code: "missing",
    message: "It's missing: a personal access token has two parts, its id and the token.",
    remedy: `Set ${variable} in .env or in the environment.`,
  };
}
