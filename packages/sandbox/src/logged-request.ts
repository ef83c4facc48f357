import type { FaultKind } from "./faults/fault.js";

/** A request to the sandbox. Credentials and bodies are never kept. */
export interface LoggedRequest {
  /** When the sandbox had responded, on its clock. */
  readonly at: Date;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark. Secret values, such as those of `state` and `code`, are `redacted`. */
  readonly query: string;
  /** The status of the response; `undefined` if there was no response. */
  readonly status: number | undefined;
  /** How the request failed; `undefined` if no fault was injected. */
  readonly fault: FaultKind | undefined;
}

/** Parameters that let their reader act for a user, or help to. */
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

/** A query with the values of secret parameters redacted. */
export function withoutSecrets(query: string): string {
  return query
    .split("&")
    .map((pair) => {
      const [[name = ""] = []] = new URLSearchParams(pair);
      return SECRETS.has(name.toLowerCase()) ? `${name}=redacted` : pair;
    })
    .join("&");
}
