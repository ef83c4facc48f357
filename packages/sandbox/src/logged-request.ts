import type { FaultKind } from "./faults/fault.js";

/** A request that was answered, or was made to fail. Credentials and bodies are never kept. */
export interface LoggedRequest {
  readonly at: Date;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark; values that are nobody else's business, such as `state` and `code`, are `redacted`. */
  readonly query: string;
  /** The answer's status; undefined if the client went away first, or got none. */
  readonly status: number | undefined;
  /** How it was made to fail; undefined if it wasn't. */
  readonly fault: FaultKind | undefined;
}

/** Parameters that let whoever reads them act for a user, or help to. */
const SECRETS: ReadonlySet<string> = new Set([
  "access_token",
  "attempt",
  "client_secret",
  "code",
  "code_challenge",
  "code_verifier",
  "id_token_hint",
  "login_hint",
  "nonce",
  "password",
  "refresh_token",
  "session_state",
  "state",
  "token",
  "username",
]);

/** A query as it was sent, but for the values of those parameters. */
export function withoutSecrets(query: string): string {
  return query
    .split("&")
    .map((pair) => {
      const [[name = ""] = []] = new URLSearchParams(pair);
      return SECRETS.has(name.toLowerCase()) ? `${name}=redacted` : pair;
    })
    .join("&");
}
