import { CLIENT, isRedirectUri } from "./client.js";
import { OAuthError } from "./oauth-error.js";
import { type Parameters, parametersFrom, required } from "./parameters.js";
import { type LoginScope, scopesFrom } from "./scope-list.js";

/** Where to send the browser with the result, and the program's `state`. */
export interface ReturnAddress {
  readonly redirectUri: string;
  readonly state: string | undefined;
  /** Which part of the address takes the result. A token goes into the fragment, which no server gets to see. */
  readonly resultIn: "query" | "fragment";
}

/** What a program asks its user to allow. */
export interface AuthorizationRequest extends ReturnAddress {
  /** Whether it asks for a code, or for an access token at once, as programs without a secret do. */
  readonly responseType: ResponseType;
  readonly scopes: readonly LoginScope[];
  /** The SHA-256 of the verifier in base64url; `undefined` for a request without PKCE. */
  readonly challenge: string | undefined;
  /** What the ID token must repeat. */
  readonly nonce: string | undefined;
}

const RESPONSE_TYPES = ["code", "token"] as const;
type ResponseType = (typeof RESPONSE_TYPES)[number];

const PROMPTS: ReadonlySet<string> = new Set(["none", "login", "consent", "select_account"]);

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
  const returnTo: ReturnAddress = {
    redirectUri,
    state: parameters.get("state"),
    resultIn: parameters.get("response_type") === "token" ? "fragment" : "query",
  };
  try {
    if (repeated) throw new OAuthError("invalid_request", "A parameter is given twice.");
    return { request: { ...returnTo, ...contentFrom(parameters, returnTo.resultIn) } };
  } catch (error) {
    if (error instanceof OAuthError) return { refusal: error, returnTo };
    throw error;
  }
}

function contentFrom(
  parameters: Parameters,
  resultIn: ReturnAddress["resultIn"],
): Omit<AuthorizationRequest, keyof ReturnAddress> {
  const wanted = required(parameters, "response_type");
  const responseType = RESPONSE_TYPES.find((type) => type === wanted);
  if (responseType === undefined) {
    throw new OAuthError("unsupported_response_type", "response_type must be code or token.");
  }
  if ((parameters.get("response_mode") ?? resultIn) !== resultIn) {
    throw new OAuthError("invalid_request", `response_mode must be ${resultIn}.`);
  }
  const challenge = challengeFrom(parameters);
  const scopes = scopesFrom(parameters.get("scope"));
  if (scopes === undefined) throw new OAuthError("invalid_scope", "Invalid scopes");
  checkPrompt(parameters.get("prompt"));
  return { responseType, scopes, challenge, nonce: parameters.get("nonce") };
}

/** Without a prompt a user would have to be signed in already. In the sandbox no browser stays signed in. */
function checkPrompt(prompt: string | undefined): void {
  if (prompt === undefined) return;
  const prompts = prompt.split(" ");
  if (!prompts.every((each) => PROMPTS.has(each)) || (prompts.includes("none") && prompts.length > 1)) {
    throw new OAuthError("invalid_request", "Invalid parameter: prompt");
  }
  if (prompts.includes("none")) throw new OAuthError("login_required", "Nobody is signed in.");
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
