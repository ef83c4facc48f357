import { CallError } from "../../call/errors.js";
import type { Platform, User } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";
import { makeKey } from "../../files/key-store.js";
import { checkProfileName } from "../../files/open-profile.js";
import { withProfileLocked, writeProfile } from "../../files/profile-files.js";
import { DEFAULT_PROFILE, profilePath } from "../../files/profile-folder.js";
import type { Profile } from "../../files/profile-json.js";
import { DEFAULT_BASE_URL } from "../../sipgate/hosts.js";
import { withoutSlashes } from "../../sipgate/http/urls.js";
import type { Command, Input } from "../command.js";
import { clientFor } from "../connect/client-for.js";
import { inWords, placeOf, signedInUntil } from "../connect/stored-sign-in.js";
import { EXIT } from "../exit-codes.js";
import { signedInBy } from "../login/answered-sign-in.js";
import { endOlder, type OlderSignIn, olderSignIn } from "../login/older-sign-in.js";
import { signInSettings } from "../login/sign-in-settings.js";
import { hasCredentials } from "../settings/setting-problems.js";
import { readSettings, type Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { usageError } from "../usage-error.js";

export const login: Command = {
  name: "login",
  group: "set up",
  summary: "Sign in with your browser; the sign-in renews itself",
  options: {
    profile: {
      type: "string",
      placeholder: "NAME",
      description: "name for this sign-in (default: default)",
    },
    "no-browser": { type: "boolean", description: "don't open a browser; the address is always printed" },
    wait: {
      type: "string",
      placeholder: "SECONDS",
      description: "how long to wait for you to sign in (default: 300)",
    },
  },
  // sipgate says which platform an account is on, and the embedded sandbox needs no sign-in.
  lacks: ["platform", "sandbox"],
  examples: [
    [
      "sipgate-call login",
      "sign in with SIPGATE_CLIENT_ID and SIPGATE_CLIENT_SECRET from .env or the environment",
    ],
    ["sipgate-call login --profile work", "sign in to a second account"],
    [
      "sipgate-call login --no-browser",
      "if the browser is on another machine: paste the address that it ends at",
    ],
  ],
  async run(input, output) {
    const settings = readSettings(input);
    const name = settings.profile?.value ?? DEFAULT_PROFILE;
    checkProfileName(name);
    profilePath(name); // Throws if there is no folder for it: before anybody signs in.
    const signingIn = {
      settings,
      ...signInSettings(settings),
      opensBrowser: !input.flag("no-browser"),
      waitSeconds: secondsOf(input),
    };
    tellExposed(settings, output);
    const baseUrl = baseUrlOf(settings, output);
    try {
      const { user, platform, profile, older } = await signedInBy(signingIn, output, async (tokens) => {
        // Before anything is stored, check that the API accepts the token.
        const { client } = clientFor({ accessToken: tokens.accessToken }, baseUrl, settings, output);
        const found = { user: await userOf(client), platform: await client.platform() };
        const kept = await withProfileLocked(
          name,
          async () => {
            const older = await olderSignIn(name);
            const profile = { client: signingIn.client, baseUrl, tokens, key: await makeKey(name) };
            await writeProfile(name, profile);
            return { profile, older };
          },
          { insists: true },
        );
        return { ...found, ...kept };
      });
      const olderIs = await endOlder(older, profile.tokens, settings, output);
      show(name, user, platform, profile, olderIs, settings, output);
      return EXIT.ok;
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== "aborted") throw error;
      output.error(error);
      return EXIT.left;
    }
  },
};

function show(
  name: string,
  user: User,
  platform: Platform | undefined,
  kept: Profile,
  olderIs: OlderSignIn,
  settings: Settings,
  output: Output,
): void {
  const keptIn = placeOf(name, kept);
  const { tokens } = kept;
  const until = signedInUntil(tokens);
  output.object({
    type: "signed-in",
    profile: name,
    ...user,
    platform,
    scopes: tokens.scope?.split(" "),
    ...keptIn,
    signedInUntil: until,
    olderSignIn: olderIs,
  });
  output.line(`Signed in as ${printable(user.id)}${platform === undefined ? "" : `, on ${platform}`}.`);
  output.line(`Stored in ${inWords(keptIn)}.`);
  if (name !== DEFAULT_PROFILE)
    output.notice(`Use it with --profile ${name}, or set SIPGATE_PROFILE=${name}.`);
  else if (hasCredentials(settings)) {
    const token = settings.accessToken ?? settings.token ?? settings.tokenId;
    output.notice(`${token?.from} takes precedence: remove it, or add --profile ${name}.`);
  }
}

/** @throws CallError if sipgate's API refuses the token */
async function userOf(client: Client): Promise<User> {
  try {
    return await client.whoami();
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== "unauthorized") throw error;
    const message = "You aren't signed in: sipgate's API refuses the token that its login just issued.";
    const remedy = "Check that SIPGATE_LOGIN_URL and the base URL belong together. Nothing was stored.";
    throw new CallError("sign-in-failed", message, { remedy, placed: "no", status: error.status });
  }
}

/** Checked before anyone signs in, as every other command does. */
function baseUrlOf(settings: Settings, output: Output): string {
  const baseUrl = settings.baseUrl?.value ?? DEFAULT_BASE_URL;
  clientFor({ accessToken: "none" }, baseUrl, settings, output);
  return withoutSlashes(baseUrl);
}

function secondsOf(input: Input): number {
  const text = input.text("wait") ?? "300";
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  const message = `"${printable(text)}" isn't a number of seconds from 1 to 9999.`;
  throw usageError("--wait", message, "Write it like 60.");
}

function tellExposed({ clientSecret }: Settings, output: Output): void {
  const file = clientSecret?.exposedIn;
  if (file !== undefined)
    output.warning(`Other users of this machine can read your client's secret in ${file}: chmod 600 ${file}`);
}
