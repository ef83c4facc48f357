import { systemClock } from "../../call/clock.js";
import { CallError, InvalidSettingsError } from "../../call/errors.js";
import { checkProfileName, profileCalled } from "../../files/open-profile.js";
import { removeProfile, withProfileLocked } from "../../files/profile-files.js";
import { DEFAULT_PROFILE, profileExists } from "../../files/profile-folder.js";
import { createOAuthServer } from "../../sipgate/auth/oauth-server.js";
import type { Command } from "../command.js";
import { loginTransport } from "../connect/login-transport.js";
import { signedInUntil } from "../connect/stored-sign-in.js";
import { EXIT } from "../exit-codes.js";
import { readSettings } from "../settings/settings.js";
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
    const name = readSettings(input).profile?.value ?? DEFAULT_PROFILE;
    checkProfileName(name);
    if (!profileExists(name)) await profileCalled(name); // Throws: nobody is signed in.
    const unended = await withProfileLocked(
      name,
      async () => {
        const why = await end(name, output);
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
async function end(name: string, output: Output): Promise<string | undefined> {
  let until: string | undefined;
  try {
    const { client, tokens } = await profileCalled(name);
    until = signedInUntil(tokens);
    await createOAuthServer(client, loginTransport(output)(systemClock), systemClock).revoke(tokens);
    return undefined;
  } catch (error) {
    // A sign-in that can't be read is deleted all the same.
    if (!(error instanceof CallError)) throw error;
    const why = error instanceof InvalidSettingsError ? "The stored sign-in can't be read." : error.message;
    const when = until === undefined ? "until it expires" : `until ${until}`;
    return `${why} At sipgate the sign-in stays valid ${when}, unless you end it at https://app.sipgate.com.`;
  }
}
