// Talks OAuth 2 to sipgate's login. oauth4webapi implements the protocol; it's loaded only when used.
import * as oauth from "oauth4webapi";
import type { Clock } from "../../call/clock.js";
import type { CallError } from "../../call/errors.js";
import { webCrypto } from "../../call/web-crypto.js";
import type { HttpRequest, Transport } from "../http/http.js";
import { REVOCATION_PATH, USUAL_LIFETIME } from "./login-assumptions.js";
import { type OAuthClient, realmUrl } from "./oauth-client.js";
import { type LoginRequest, loginError, mayHaveArrived, NoRefreshToken } from "./oauth-errors.js";
import type { OAuthTokens } from "./oauth-tokens.js";

/** An attempt to sign in that waits for its response. The verifier is a secret until then. */
export interface PendingSignIn {
  /** The user's sign-in address. It holds the client's id, the state and a challenge, but no secret. */
  readonly url: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly verifier: string;
}

/** Milliseconds that the login may take for one response. */
const TIMEOUT = 20_000;
/** The same for the end of a sign-in, which nothing depends on. */
const REVOKE_TIMEOUT = 5_000;

export function createOAuthServer(client: OAuthClient, transport: Transport, clock: Clock) {
  const realm = realmUrl(client);
  const server: oauth.AuthorizationServer = {
    issuer: realm,
    authorization_endpoint: `${realm}/protocol/openid-connect/auth`,
    token_endpoint: `${realm}/protocol/openid-connect/token`,
    revocation_endpoint: realm + REVOCATION_PATH,
  };
  const self: oauth.Client = { client_id: client.clientId };
  const proof =
    client.clientSecret === undefined ? oauth.None() : oauth.ClientSecretPost(client.clientSecret);
  const how = {
    [oauth.customFetch]: fetchOver(transport),
    // The addresses are checked: plain http goes to this machine only.
    [oauth.allowInsecureRequests]: realm.startsWith("http:"),
  };

  const explained = (
    thrown: unknown,
    purpose: string,
    refused: LoginRequest["void"],
    tokens: readonly (string | null)[],
  ) => {
    const secrets = [client.clientSecret, ...tokens].filter((secret) => typeof secret === "string");
    return loginError(thrown, { purpose, realm, secrets, void: refused });
  };

  return {
    /** Sends nothing. @throws CallError if there is no Web Crypto */
    async begin(redirectUri: string, scopes: readonly string[]): Promise<PendingSignIn> {
      webCrypto(); // Which oauth4webapi needs.
      const [state, verifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()];
      const url = new URL(`${realm}/protocol/openid-connect/auth`);
      url.search = new URLSearchParams({
        response_type: "code",
        client_id: client.clientId,
        redirect_uri: redirectUri,
        scope: scopes.join(" "),
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      }).toString();
      return { url: url.href, redirectUri, state, verifier };
    },

    /**
     * @param answer the query that the browser was sent back with
     * @throws CallError saying why nobody is signed in
     */
    async complete(pending: PendingSignIn, answer: URLSearchParams): Promise<OAuthTokens> {
      try {
        const checked = oauth.validateAuthResponse(server, self, answer, pending.state);
        const { redirectUri, verifier } = pending;
        const askedAtMs = clock.now().getTime();
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          self,
          proof,
          checked,
          redirectUri,
          verifier,
          how,
        );
        return tokensOf(await oauth.processAuthorizationCodeResponse(server, self, response), askedAtMs);
      } catch (thrown) {
        throw await explained(thrown, "sign in", STALE_CODE, [answer.get("code"), pending.verifier]);
      }
    },

    /**
     * @param howToSignIn a sentence for a user whose refresh token isn't accepted
     * @param beforeFirstByte awaited once the connection is established; if it rejects, nothing is sent
     */
    async refresh(
      { refreshToken, scope, renewing }: OAuthTokens,
      howToSignIn: string,
      beforeFirstByte: () => Promise<void>,
    ): Promise<Renewal> {
      try {
        const askedAtMs = clock.now().getTime();
        const response = await oauth.refreshTokenGrantRequest(server, self, proof, refreshToken, {
          ...how,
          [oauth.customFetch]: fetchOver(transport, { beforeFirstByte }),
        });
        const answer = await oauth.processRefreshTokenResponse(server, self, response);
        return { tokens: tokensOf({ refresh_token: refreshToken, scope, ...answer }, askedAtMs) };
      } catch (thrown) {
        const message = renewing ? CUT_OFF : OVER;
        const ended = {
          code: "sign-in-needed",
          message,
          remedy: howToSignIn,
        } as const;
        const failed = await explained(thrown, "renew the sign-in", ended, [refreshToken]);
        return { failed, mayBeSpent: mayHaveArrived(thrown) };
      }
    },

    /** @throws CallError if the login doesn't say that the sign-in has ended */
    async revoke({ refreshToken }: OAuthTokens): Promise<void> {
      try {
        const response = await oauth.revocationRequest(server, self, proof, refreshToken, {
          ...how,
          [oauth.customFetch]: fetchOver(transport, { timeout: REVOKE_TIMEOUT }),
          additionalParameters: { token_type_hint: "refresh_token" },
        });
        await oauth.processRevocationResponse(response);
      } catch (thrown) {
        throw await explained(thrown, "end the sign-in", STALE_CODE, [refreshToken]);
      }
    },
  };
}

/** The outcome of a renewal. Without a clear response, the refresh token may still have been replaced. */
export type Renewal =
  | { readonly tokens: OAuthTokens }
  | { readonly failed: CallError; readonly mayBeSpent: boolean };

const STALE_CODE = {
  code: "sign-in-failed",
  message: "sipgate's login doesn't take the code: it's too old, was used before, or isn't for this attempt.",
  remedy: "Sign in again. Nothing was stored.",
} as const;
const OVER = "The sign-in is over: sipgate takes its refresh token no more.";
const CUT_OFF =
  "The sign-in is lost: an earlier renewal was cut off before its answer was kept, and sipgate takes the old refresh token no more.";

/** Requests go the same way as all our others, so they fail in the same words. */
function fetchOver(
  transport: Transport,
  { timeout = TIMEOUT, beforeFirstByte }: Partial<Pick<HttpRequest, "timeout" | "beforeFirstByte">> = {},
) {
  return async (url: string, { headers, body }: oauth.CustomFetchOptions<"POST", URLSearchParams>) => {
    const server = new URL(url);
    const answer = await transport({
      method: "POST",
      server,
      path: server.pathname,
      headers: { ...headers, "user-agent": `sipgate-call/${SIPGATE_CALL_VERSION}` },
      body: body.toString(),
      attempt: 1,
      timeout,
      neverRetry: true,
      beforeFirstByte,
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: { "content-type": answer.contentType },
    });
  };
}

/** Characters of a token or of a list of scopes: more than any header may have. */
const LONGEST_TOKEN = 65_536;
/** A hundred years in seconds: more is a mistake, and gives no date that could be shown. */
const LONGEST_LIFETIME = 3_155_760_000;

interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in?: number | undefined;
  readonly refresh_token?: string | undefined;
  readonly scope?: string | undefined;
  readonly [other: string]: unknown;
}

function tokensOf(answer: TokenAnswer, askedAtMs: number): OAuthTokens {
  const { access_token, expires_in = USUAL_LIFETIME, refresh_token, refresh_expires_in, scope } = answer;
  if (refresh_token === undefined) throw new NoRefreshToken();
  // Spaces and line breaks would let a token write headers of its own; an infinite lifetime has no date.
  const lifetimes = [expires_in, typeof refresh_expires_in === "number" ? refresh_expires_in : 0];
  if (
    /[^\x21-\x7e]/.test(access_token) ||
    [access_token, refresh_token, scope ?? ""].some((text) => text.length > LONGEST_TOKEN) ||
    lifetimes.some((seconds) => !(seconds >= 0 && seconds <= LONGEST_LIFETIME))
  )
    throw new Error("unusable");
  return {
    accessToken: access_token,
    askedAtMs,
    expiresInSeconds: expires_in,
    refreshToken: refresh_token,
    refreshExpiresInSeconds: typeof refresh_expires_in === "number" ? refresh_expires_in : undefined,
    scope,
  };
}
