import { authenticate, type FindSignedIn } from "../accounts/authenticate.js";
import type { Identity } from "../accounts/identity.js";
import { hasOneOf } from "../accounts/scopes.js";
import { missingScope, NEO_ONLY, PASSWORD_RESET, RETRY_AFTER_SECONDS, UNAUTHORIZED } from "../assumptions.js";
import { Problem } from "../http/problem.js";
import type { Operation } from "./operation.js";

/** The detail of the 403 [reported]. */
const CLASSIC_ONLY = "This endpoint requires a sipgate Classic PBX Account";

/** Authenticates a request. Throws a Problem if the credentials are wrong, or can't be used at the moment. */
export function admit(authorization: string | undefined, signedIn: FindSignedIn): Identity {
  const token = authenticate(authorization, signedIn);
  if (token === undefined) {
    throw new Problem(401, UNAUTHORIZED, { headers: { "www-authenticate": 'Basic realm="sipgate"' } });
  }
  if (token.condition === "rate-limited") {
    throw new Problem(429, "Too many requests.", { headers: { "retry-after": String(RETRY_AFTER_SECONDS) } });
  }
  if (token.condition === "password-reset") throw new Problem(403, PASSWORD_RESET);
  return token;
}

/** Throws a 403 if the token's scopes or platform don't allow the operation. */
export function authorize({ account, scopes }: Identity, operation: Operation): void {
  const accepted = ["all", ...operation.scopes];
  if (operation.scopes.length > 0 && !hasOneOf(scopes, accepted)) {
    throw new Problem(403, missingScope(accepted));
  }
  if (operation.platform === undefined || operation.platform === account.platform) return;
  throw new Problem(403, operation.platform === "classic" ? CLASSIC_ONLY : NEO_ONLY);
}
