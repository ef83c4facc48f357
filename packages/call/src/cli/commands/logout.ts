import { systemClock } from "../../call/clock.js";
import { CallError, InvalidSettingsError } from "../../call/errors.js";
import { checkProfileName, profileCalled } from "../../files/open-profile.js";
import { removeProfile, withProfileLocked } from "../../files/profile-files.js";
import { DEFAULT_PROFILE, profileExists } from "../../files/profile-folder.js";
import { createOAuthServer } from "../../sipgate/auth/oauth-server.js";
import { COMMON_OPTIONS, type Command } from "../command.js";
import { loginTransport } from "../connect/login-transport.js";
import { signedInUntil } from "../connect/stored-sign-in.js";
import { EXIT } from "../exit-codes.js";
import { readSettings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";

const { profile, "env-file": envFile, verbose, json, help } = COMMON_OPTIONS;

export const logout: Command = {
  name: "logout",
  summary: "End a sign-in at sipgate, and forget it here",
  options: {
    profile: { ...profile, description: "the sign-in to end (default: default)" },
    "env-file": envFile,
    verbose,
    json,
    help,
  },
  examples: [
    ["sipgate-call logout", "end the sign-in that is used where none is named"],
    ["sipgate-call logout --profile work", "end another one"],
  ],
  async run(input, output) {
    const name = readSettings(input).profile?.value ?? DEFAULT_PROFILE;
    checkProfileName(name);
    if (!profileExists(name)) await profileCalled(name); // Says that nobody is signed in.
    const unended = await withProfileLocked(name, async () => {
      const why = await end(name, output);
      await removeProfile(name);
      return why;
    });
    output.object({ profile: name, revoked: unended === undefined });
    output.line(`Signed out: ${name} is forgotten here.`);
    if (unended !== undefined) output.warning(unended);
    return EXIT.ok;
  },
};

/** Ends the sign-in at sipgate. @returns why that couldn't be done, as sentences */
async function end(name: string, output: Output): Promise<string | undefined> {
  let until: string | undefined;
  try {
    const { client, tokens } = await profileCalled(name);
    until = signedInUntil(tokens);
    await createOAuthServer(client, loginTransport(output)(systemClock), systemClock).revoke(tokens);
    return undefined;
  } catch (error) {
    // One that can't be read is forgotten all the same.
    if (!(error instanceof CallError)) throw error;
    const why = error instanceof InvalidSettingsError ? "What was kept can't be read." : error.message;
    const when = until === undefined ? "until it runs out" : `until ${until}`;
    return `${why} At sipgate the sign-in goes on ${when}, unless you end it at https://app.sipgate.com.`;
  }
}
