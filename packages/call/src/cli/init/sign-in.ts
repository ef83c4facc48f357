import { CallError, InvalidSettingsError } from "../../call/errors.js";
import type { Platform, User } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";
import { DEFAULT_BASE_URL } from "../../client/settings.js";
import { credentialProblems } from "../../sipgate/auth/credentials.js";
import { clientFor } from "../connect/client-for.js";
import type { Settings } from "../settings/settings.js";
import { addressProblems, TYPED } from "../settings/trusted-address.js";
import { inCommandWords } from "../terminal/command-words.js";
import type { Output } from "../terminal/output.js";
import type { Asking, Reading } from "./asking.js";

export interface Account {
  readonly tokenId: string;
  readonly token: string;
  readonly client: Client;
  readonly user: User;
  readonly platform: Platform | undefined;
}

/**
 * Asks for the token until sipgate accepts it.
 *
 * @throws CallError if sipgate can't be reached, or refuses the token and nobody can be asked again
 */
export async function signIn(
  ask: Asking,
  settings: Settings,
  knownId: string | undefined,
  output: Output,
): Promise<Account> {
  // A wrong base URL or platform is reported before anything is typed.
  const problems = addressProblems(settings, "baseUrl", [TYPED]);
  if (problems.length > 0) throw new InvalidSettingsError(problems);
  clientFor({ tokenId: "none", token: "none" }, settings.baseUrl?.value, settings, output);
  ask.say("You need a personal access token: https://app.sipgate.com/personal-access-token");
  for (let initial = knownId; ; ) {
    const tokenId = await ask.text({
      message: "Token id",
      initial,
      read: (answer) => credential("tokenId", answer),
    });
    const token = await ask.secret({
      message: "Token (not shown)",
      read: (answer) => credential("token", answer),
    });
    ask.say(`Checking the token at ${printable(settings.baseUrl?.value ?? DEFAULT_BASE_URL)} …`);
    const { client } = clientFor({ tokenId, token }, settings.baseUrl?.value, settings, output);
    try {
      const user = await client.whoami(); // Before the platform: one refusal is enough.
      return { tokenId, token, client, user, platform: await client.platform() };
    } catch (error) {
      if (!ask.again || !(error instanceof CallError) || error.code !== "unauthorized") throw error;
      ask.warn(inCommandWords(`${error.message}\n${error.remedy}`));
      initial = tokenId;
    }
  }
}

function credential(part: "tokenId" | "token", answer: string): Reading<string> {
  const other = { tokenId: "none", token: "none" };
  const [problem] = credentialProblems({ ...other, [part]: answer });
  return problem === undefined
    ? { ok: true, value: answer }
    : { ok: false, problem: inCommandWords(`${problem.message} ${problem.remedy}`) };
}
