import { printable } from "../../call/text/printable.js";
import { profileCalled } from "../../files/open-profile.js";
import type { Command } from "../command.js";
import { connect } from "../connect/connect.js";
import { inWords, placeOf, signedInUntil } from "../connect/stored-sign-in.js";
import { EXIT } from "../exit-codes.js";
import { readSettings, withoutCall } from "../settings/settings.js";

export const whoami: Command = {
  name: "whoami",
  group: "look",
  summary: "Show the user that the credentials belong to, the platform, and how long a sign-in lasts",
  examples: [
    ["sipgate-call whoami", "check the credentials"],
    ["sipgate-call whoami --profile work", "show another sign-in"],
  ],
  async run(input, output) {
    const { client, profile, close } = await connect(withoutCall(readSettings(input)), input, output);
    try {
      const [user, platform] = await Promise.all([client.whoami(), client.platform()]);
      const signIn = profile === undefined ? undefined : await describe(profile);
      output.object({ type: "user", ...user, platform, ...signIn });
      output.line(`User:     ${printable(user.id)}`);
      output.line(`Domain:   ${printable(user.domain ?? "unknown")}`);
      output.line(`Platform: ${platform ?? "unknown (a scope may be missing)"}`);
      if (signIn === undefined) return EXIT.ok;
      const { scopes, signedInUntil: until } = signIn;
      output.line(`Profile:  ${profile}, stored in ${inWords(signIn)}`);
      output.line(
        `Scopes:   ${scopes === undefined ? "unknown" : scopes.map((scope) => printable(scope)).join(" ")}`,
      );
      output.line(`Lasts:    ${until === undefined ? "unknown" : `until ${until}, extended by each use`}`);
      return EXIT.ok;
    } finally {
      await close();
    }
  },
};

/** Read again, because it may just have been renewed. */
async function describe(profile: string) {
  const kept = await profileCalled(profile);
  const scopes = kept.tokens.scope?.split(" ");
  return { profile, scopes, signedInUntil: signedInUntil(kept.tokens), ...placeOf(profile, kept) };
}
