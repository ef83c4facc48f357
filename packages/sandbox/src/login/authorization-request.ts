import { CLIENT, isRedirectUri } from "./client.js";
import { OAuthError } from "./oauth-error.js";
import { type Parameters, parametersFrom, required } from "./parameters.js";
import { type LoginScope, scopesFrom } from "./scope-list.js";

/** Where to send the browser with the result, and the program's `state`. */
export interface ReturnAddress {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** What a program asks its user to allow. */
export interface AuthorizationRequest extends ReturnAddress {
  readonly scopes: readonly LoginScope[];
  /** The SHA-256 of the verifier in base64url; `undefined` for a request without PKCE. */
  readonly challenge: string | undefined;
}

/** The request in a query, or its refusal, which only the user sees if `returnTo` is `undefined`. */
export type CheckedRequest =
  | { readonly request: AuthorizationRequest }
  | { readonly refusal: OAuthError; readonly returnTo: ReturnAddress | undefined };

export function checkAuthorizationRequest(query: string): CheckedRequest {
  const { parameters, repeated } = parametersFrom(query);
  if (parameters.get("client_id") !== CLIENT.clientId) {
    return { refusal: new OAuthError("invalid_client", "Client not found."), returnTo: undefined };
  }
  const redirectUri = parameters.get("redirect_uri");
  if (redirectUri === undefined || !isRedirectUri(redirectUri)) {
    return {
      refusal: new OAuthError("invalid_redirect_uri", "Invalid parameter: redirect_uri"),
      returnTo: undefined,
    };
  }
  const returnTo = { redirectUri, state: parameters.get("state") };
  try {
    if (repeated) throw new OAuthError("invalid_request", "A parameter is given twice.");
    return { request: { ...returnTo, ...contentFrom(parameters) } };
  } catch (error) {
    if (error instanceof OAuthError) return { refusal: error, returnTo };
    throw error;
  }
}

function contentFrom(parameters: Parameters): Omit<AuthorizationRequest, keyof ReturnAddress> {
  if (required(parameters, "response_type") !== "code") {
    throw new OAuthError("unsupported_response_type", "response_type must be code.");
  }
  if ((parameters.get("response_mode") ?? "query") !== "query") {
    throw new OAuthError("invalid_request", "response_mode must be query.");
  }
  const challenge = challengeFrom(parameters);
  const scopes = scopesFrom(parameters.get("scope"));
  if (scopes === undefined) throw new OAuthError("invalid_scope", "Invalid scopes");
  return { scopes, challenge };
}

const SHA_256_IN_BASE64URL = /^[A-Za-z0-9_-]{43}$/;

function challengeFrom(parameters: Parameters): string | undefined {
  const challenge = parameters.get("code_challenge");
  const method = parameters.get("code_challenge_method");
  if (challenge === undefined && method === undefined) return undefined;
  if (method !== "S256") {
    throw new OAuthError("invalid_request", "Invalid parameter: code_challenge_method must be S256");
  }
  if (challenge === undefined || !SHA_256_IN_BASE64URL.test(challenge)) {
    throw new OAuthError("invalid_request", "Invalid parameter: code_challenge");
  }
  return challenge;
}
