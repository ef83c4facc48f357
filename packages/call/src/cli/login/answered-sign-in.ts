// From the address at which the user signs in to tokens that sipgate's API accepts.
import { systemClock } from "../../call/clock.js";
import { createOAuthServer } from "../../sipgate/auth/oauth-server.js";
import type { OAuthTokens } from "../../sipgate/auth/oauth-tokens.js";
import { SCOPES } from "../../sipgate/auth/scopes.js";
import { loginTransport } from "../connect/login-transport.js";
import { openBrowser } from "../open-browser.js";
import type { Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { listenForAnswer } from "./loopback.js";
import { NOT_SIGNED_IN, SIGNED_IN } from "./pages.js";
import { readPastedAnswer } from "./pasted-answer.js";
import type { SignInSettings } from "./sign-in-settings.js";
import { waitForAnswer } from "./wait-for-answer.js";

export interface SigningIn extends SignInSettings {
  /** Which lead to a proxy, if any. */
  readonly settings: Settings;
  readonly opensBrowser: boolean;
  /** Seconds to wait for the user. */
  readonly waitSeconds: number;
}

/**
 * Lets the user sign in, and shows in the browser whether that worked.
 *
 * @param keep stores the tokens; the browser shows a failure of that, too
 * @throws CallError if the user isn't signed in
 */
export async function signedInBy<T>(
  { settings, client, redirectPort, opensBrowser, waitSeconds }: SigningIn,
  output: Output,
  keep: (tokens: OAuthTokens) => Promise<T>,
): Promise<T> {
  const server = createOAuthServer(client, loginTransport(settings, output)(systemClock), systemClock);
  const loopback = await listenForAnswer(redirectPort);
  let page = NOT_SIGNED_IN;
  try {
    const pending = await server.begin(loopback.redirectUri, Object.keys(SCOPES));
    const ask = () => {
      askToSignIn(pending.url, opensBrowser && openBrowser(pending.url), output);
      return readPastedAnswer(pending.state, (complaint) => output.warning(complaint));
    };
    const answer = await waitForAnswer(loopback.answerTo(pending.state), ask, waitSeconds);
    const kept = await keep(await server.complete(pending, answer));
    page = SIGNED_IN;
    return kept;
  } finally {
    await loopback.end(page);
  }
}

function askToSignIn(url: string, isOpened: boolean, output: Output): void {
  output.object({ type: "sign-in-url", url });
  output.notice("sipgate will ask whether sipgate-call may:");
  const width = Math.max(...Object.keys(SCOPES).map((scope) => scope.length));
  for (const [scope, purpose] of Object.entries(SCOPES))
    output.notice(`  ${scope.padEnd(width)}  ${purpose}`);
  output.notice(
    `\n${isOpened ? "Your browser should open. If it doesn't, open" : "Open"} this address to sign in:\n\n${url}\n`,
  );
  output.notice("If the browser is on another machine, paste the address that it ends at. Ctrl-C cancels.");
}
