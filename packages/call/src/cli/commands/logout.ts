import { CallError } from "../../call/errors.js";
import { checkProfileName, profileCalled } from "../../files/open-profile.js";
import { removeProfile, withProfileLocked } from "../../files/profile-files.js";
import { DEFAULT_PROFILE, profileExists } from "../../files/profile-folder.js";
import type { Command } from "../command.js";
import { endAtSipgate, untilWhen } from "../connect/end-sign-in.js";
import { EXIT } from "../exit-codes.js";
import { readSettings, type Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";

export const logout: Command = {
  name: "logout",
  group: "set up",
  summary: "Sign out: end a sign-in at sipgate and delete it here",
  options: {
    profile: {
      type: "string",
      placeholder: "NAME",
      description: "sign-in to end (default: default)",
    },
  },
  // What is stored says where to end it.
  lacks: ["platform", "base-url", "timeout", "sandbox"],
  examples: [
    ["sipgate-call logout", "end the default sign-in"],
    ["sipgate-call logout --profile work", "end another one"],
  ],
  async run(input, output) {
    const settings = readSettings(input);
    const name = settings.profile?.value ?? DEFAULT_PROFILE;
    checkProfileName(name);
    if (!profileExists(name)) await profileCalled(name); // Throws: nobody is signed in.
    const unended = await withProfileLocked(
      name,
      async () => {
        const why = await end(name, settings, output);
        await removeProfile(name);
        return why;
      },
      { insists: true },
    );
    output.object({ type: "signed-out", profile: name, revoked: unended === undefined });
    output.line(`Signed out: ${name} was deleted here.`);
    if (unended !== undefined) output.warning(unended);
    return EXIT.ok;
  },
};

/** Ends the sign-in at sipgate. @returns why that failed, as sentences */
async function end(name: string, settings: Settings, output: Output): Promise<string | undefined> {
  const profile = await profileCalled(name).catch((error: unknown) => {
    // A sign-in that can't be read is deleted all the same.
    if (!(error instanceof CallError)) throw error;
    return undefined;
  });
  const why =
    profile === undefined
      ? "The stored sign-in can't be read."
      : await endAtSipgate(profile, settings, output);
  if (why === undefined) return undefined;
  return `${why} At sipgate the sign-in stays valid ${untilWhen(profile?.tokens)}, unless you end it at https://app.sipgate.com.`;
}
