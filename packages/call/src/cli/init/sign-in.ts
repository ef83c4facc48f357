import { CallError, InvalidSettingsError } from "../../call/errors.js";
import type { Platform, User } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";
import { credentialProblems } from "../../sipgate/auth/credentials.js";
import { DEFAULT_BASE_URL } from "../../sipgate/hosts.js";
import { clientFor } from "../connect/client-for.js";
import { openBrowser } from "../open-browser.js";
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
  ask.say(SCOPES);
  await offerPage(ask, knownId, baseUrlOf(settings));
  for (let initial = knownId; ; ) {
    const { tokenId, token } = await askForToken(ask, initial);
    ask.say(`Checking the token at ${printable(baseUrlOf(settings))} …`);
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

const baseUrlOf = ({ baseUrl }: Settings) => baseUrl?.value ?? DEFAULT_BASE_URL;

const PAGE = "https://app.sipgate.com/personal-access-token";

const SCOPES = `You need a personal access token: ${PAGE}
Tick these scopes there:
  to place calls    sessions:calls:write  rtcm:write  channels:read
  to follow calls   rtcm:read  history:read
  to check before   devices:read  numbers:read  balance:read
                    callrestrictions:read  groups:read
  for names         contacts:read`;

/** The page where tokens are made, for somebody who has none yet. Another server has another page. */
async function offerPage(ask: Asking, knownId: string | undefined, baseUrl: string): Promise<void> {
  if (!ask.again || knownId !== undefined || baseUrl !== DEFAULT_BASE_URL) return;
  if (await ask.confirm({ message: "Open that page in your browser?" })) openBrowser(PAGE);
}

/** Both parts. If they were given the other way round, they are put right. */
async function askForToken(
  ask: Asking,
  initial: string | undefined,
): Promise<{ readonly tokenId: string; readonly token: string }> {
  const first = await ask.text({ message: "Token id", initial, read: tokenIdOrToken });
  if (!looksLikeToken(first)) {
    const token = await ask.secret({
      message: "Token (not shown)",
      read: (answer) => credential("token", answer),
    });
    return { tokenId: first, token };
  }
  ask.say("That looks like the token itself, not its id: it's taken as the token.");
  const tokenId = await ask.text({ message: "Token id", read: (answer) => credential("tokenId", answer) });
  return { tokenId, token: first };
}

/** A token is a UUID; the id begins with "token-" [sipgate's own library]. */
const looksLikeToken = (text: string) => /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text);

function tokenIdOrToken(answer: string): Reading<string> {
  return credential(looksLikeToken(answer) ? "token" : "tokenId", answer);
}

function credential(part: "tokenId" | "token", answer: string): Reading<string> {
  const other = { tokenId: "none", token: "none" };
  const [problem] = credentialProblems({ ...other, [part]: answer });
  return problem === undefined
    ? { ok: true, value: answer }
    : { ok: false, problem: inCommandWords(`${problem.message} ${problem.remedy}`) };
}
