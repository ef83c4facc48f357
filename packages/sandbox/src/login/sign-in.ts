import { NOT_KEPT } from "../http/page.js";
import type { HttpResponse } from "../http/response.js";
import { type Attempt, type Attempts, clearedCookieFor } from "./attempts.js";
import { checkAuthorizationRequest, type ReturnAddress } from "./authorization-request.js";
import { type Login, loginWith } from "./logins.js";
import { OAuthError } from "./oauth-error.js";
import { consentPage } from "./pages/consent-page.js";
import { loginPage, loginPageAgain } from "./pages/login-page.js";
import { type Parameters, required } from "./parameters.js";
import type { RealmAddress } from "./realms.js";
import type { Sessions } from "./sessions.js";
import { ACCESS_LIFETIME } from "./token-claims.js";

/** A form as a browser sends it. */
export interface SentForm {
  readonly form: Parameters;
  readonly cookies: string | undefined;
}

/** Guides a user through the pages: login, consent, and back to the program. */
export class SignIn {
  readonly #attempts: Attempts;
  readonly #sessions: Sessions;

  constructor(attempts: Attempts, sessions: Sessions) {
    this.#attempts = attempts;
    this.#sessions = sessions;
  }

  /** Throws an OAuthError if the error can't be reported to the program: the user sees it. */
  begin(address: RealmAddress, query: string): HttpResponse {
    const checked = checkAuthorizationRequest(query);
    if ("request" in checked) return loginPage(this.#attempts.begin(address, checked.request));
    const { refusal, returnTo } = checked;
    if (returnTo === undefined) throw refusal;
    return redirect(address, returnTo, { error: refusal.error, error_description: refusal.message });
  }

  authenticate(address: RealmAddress, sent: SentForm): HttpResponse {
    const attempt = this.#attemptOf(address, sent);
    const username = sent.form.get("username") ?? "";
    const login = loginWith(username, sent.form.get("password") ?? "");
    if (login === undefined) return loginPageAgain(attempt, username);
    attempt.login = login;
    return consentPage(attempt, login);
  }

  async decide(address: RealmAddress, sent: SentForm): Promise<HttpResponse> {
    const attempt = this.#attemptOf(address, sent);
    const { login, request } = attempt;
    if (login === undefined) throw new OAuthError("invalid_request", "Sign in before you allow anything.");
    const cookie = { "set-cookie": clearedCookieFor(attempt) };
    switch (required(sent.form, "decision")) {
      case "allow": {
        this.#attempts.end(attempt);
        return redirect(address, request, await this.#resultOf(attempt, login), cookie);
      }
      case "refuse":
        this.#attempts.end(attempt);
        return redirect(
          address,
          request,
          { error: "access_denied", error_description: "User denied consent" },
          cookie,
        );
      default:
        throw new OAuthError("invalid_request", "decision must be allow or refuse.");
    }
  }

  /** What the program gets: a code, or a token at once. */
  async #resultOf(attempt: Attempt, login: Login): Promise<Readonly<Record<string, string>>> {
    if (attempt.request.responseType === "code") {
      const { code, sessionId } = this.#sessions.allow(attempt, login);
      return { session_state: sessionId, code };
    }
    const { access, sessionId } = await this.#sessions.allowAtOnce(attempt, login);
    return {
      session_state: sessionId,
      access_token: access,
      token_type: "Bearer",
      expires_in: String(ACCESS_LIFETIME),
      scope: attempt.request.scopes.join(" "),
    };
  }

  #attemptOf(address: RealmAddress, { form, cookies }: SentForm): Attempt {
    const attempt = this.#attempts.find(form.get("attempt"), address, cookies);
    if (attempt !== undefined) return attempt;
    throw new OAuthError(
      "invalid_request",
      "This sign-in was answered before, took too long, or was begun in another browser. Start again in the program.",
    );
  }
}

/** Sends the user back to the program with a result. */
function redirect(
  { issuer }: RealmAddress,
  { redirectUri, state, resultIn }: ReturnAddress,
  result: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const url = new URL(redirectUri);
  const all = { ...(state === undefined ? {} : { state }), ...result, iss: issuer };
  if (resultIn === "fragment") url.hash = new URLSearchParams(all).toString();
  else for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return { status: 302, headers: { ...NOT_KEPT, ...headers, location: url.href }, body: Buffer.alloc(0) };
}
