import { CallError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import { profileCalled } from "../../files/open-profile.js";
import { profileNames } from "../../files/profile-files.js";
import { DEFAULT_PROFILE } from "../../files/profile-folder.js";
import type { Profile } from "../../files/profile-json.js";
import { claimsOf, platformNamedBy } from "../../sipgate/auth/credentials.js";
import type { Command } from "../command.js";
import { signedInUntil } from "../connect/stored-sign-in.js";
import { EXIT } from "../exit-codes.js";
import { readSettings } from "../settings/settings.js";

export const profiles: Command = {
  name: "profiles",
  summary: "List the sign-ins on this machine: account, platform, which one is the default",
  // It lists what is stored on this machine, and asks nobody.
  lacks: ["platform", "base-url", "proxy", "timeout", "profile", "sandbox"],
  examples: [["sipgate-call profiles", "find the name for --profile"]],
  async run(input, output) {
    const standard = readSettings(input).profile?.value ?? DEFAULT_PROFILE;
    const found = await Promise.all((await profileNames()).map((name) => describe(name, standard)));
    output.object({ type: "profiles", profiles: found });
    output.table(
      ["PROFILE", "DEFAULT", "USER", "ACCOUNT", "PLATFORM", "SIGNED IN UNTIL"],
      found.map((each) => [
        each.name,
        each.default ? "yes" : "no",
        printable(each.user ?? UNKNOWN),
        printable(each.account ?? UNKNOWN),
        each.platform ?? UNKNOWN,
        each.readable ? (each.signedInUntil ?? UNKNOWN) : "can't be read: sign in again",
      ]),
    );
    if (found.length === 0) output.notice("Nobody is signed in. Sign in with: sipgate-call login");
    return EXIT.ok;
  },
};

const UNKNOWN = "unknown";

/** From what is stored: sipgate isn't asked. */
async function describe(name: string, standard: string) {
  const profile = await readable(name);
  const { sub, masterSipId, featureScope } = claimsOf(profile?.tokens.accessToken);
  return {
    name,
    default: name === standard,
    readable: profile !== undefined,
    user: text(sub),
    account: text(masterSipId),
    platform: platformNamedBy(featureScope),
    baseUrl: profile?.baseUrl,
    signedInUntil: profile === undefined ? undefined : signedInUntil(profile.tokens),
  };
}

async function readable(name: string): Promise<Profile | undefined> {
  try {
    return await profileCalled(name);
  } catch (error) {
    if (error instanceof CallError) return undefined;
    throw error;
  }
}

function text(claim: unknown): string | undefined {
  return typeof claim === "string" ? claim : undefined;
}
