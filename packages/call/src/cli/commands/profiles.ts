import { CallError } from "../../call/errors.js";
import { profileCalled } from "../../files/open-profile.js";
import { profileNames } from "../../files/profile-files.js";
import { DEFAULT_PROFILE } from "../../files/profile-folder.js";
import type { Profile } from "../../files/profile-json.js";
import { claimsOf, platformNamedBy } from "../../sipgate/auth/credentials.js";
import type { Command } from "../command.js";
import { signedInUntil } from "../connect/stored-sign-in.js";
import { EXIT } from "../exit-codes.js";
import type { JsonProfile } from "../json/json-objects.js";
import { readSettings } from "../settings/settings.js";
import { localZone, personTime } from "../terminal/person-time.js";
import { type Column, showTable } from "../terminal/table.js";

export const profiles: Command = {
  name: "profiles",
  group: "set up",
  summary: "List the sign-ins on this machine: account, platform, which one is the default",
  // It lists what is stored on this machine, and asks nobody.
  lacks: ["platform", "base-url", "proxy", "timeout", "profile", "sandbox"],
  examples: [["sipgate-call profiles", "find the name for --profile"]],
  async run(input, output) {
    const standard = readSettings(input).profile?.value ?? DEFAULT_PROFILE;
    const found = await Promise.all((await profileNames()).map((name) => describe(name, standard)));
    output.object({ type: "profiles", profiles: found });
    showTable(output, COLUMNS, found);
    if (found.length === 0) output.notice("Nobody is signed in. Sign in with `sipgate-call login`.");
    return EXIT.ok;
  },
};

const UNKNOWN = "unknown";

const COLUMNS: readonly Column<JsonProfile>[] = [
  { heading: "PROFILE", cell: ({ name }) => name, givesWay: 4 },
  { heading: "DEFAULT", cell: (profile) => (profile.default ? "yes" : "no"), givesWay: 5 },
  { heading: "USER", cell: ({ user = UNKNOWN }) => user, givesWay: 3 },
  { heading: "ACCOUNT", cell: ({ account = UNKNOWN }) => account, givesWay: 2, second: true },
  { heading: "PLATFORM", cell: ({ platform = UNKNOWN }) => platform, second: true },
  { heading: "SIGNED IN UNTIL", cell: until, givesWay: 1, second: true },
];

function until({ readable, signedInUntil: end }: JsonProfile): string {
  if (!readable) return "can't be read: sign in again";
  return end === undefined ? UNKNOWN : personTime(new Date(end), localZone);
}

/** From what is stored: sipgate isn't asked. */
async function describe(name: string, standard: string): Promise<JsonProfile> {
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
