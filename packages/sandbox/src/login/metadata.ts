import type { RealmAddress } from "./realms.js";
import { LOGIN_SCOPES } from "./scope-list.js";

/** The configuration that a realm publishes (OpenID Connect Discovery 1.0, RFC 8414). */
export function metadataOf({ issuer }: RealmAddress): object {
  const protocol = `${issuer}/protocol/openid-connect`;
  const clientProofs = ["client_secret_basic", "client_secret_post"];
  return {
    issuer,
    authorization_endpoint: `${protocol}/auth`,
    token_endpoint: `${protocol}/token`,
    revocation_endpoint: `${protocol}/revoke`,
    end_session_endpoint: `${protocol}/logout`,
    jwks_uri: `${protocol}/certs`,
    response_types_supported: ["code", "token"],
    response_modes_supported: ["query", "fragment"],
    grant_types_supported: ["authorization_code", "implicit", "refresh_token"],
    prompt_values_supported: ["none", "login", "consent", "select_account"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: clientProofs,
    revocation_endpoint_auth_methods_supported: clientProofs,
    scopes_supported: LOGIN_SCOPES,
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    authorization_response_iss_parameter_supported: true,
  };
}
