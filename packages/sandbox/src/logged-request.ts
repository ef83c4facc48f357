import type { FaultKind } from "./faults/fault.js";

/** A request to the sandbox. Credentials and bodies are never kept. */
export interface LoggedRequest {
  /** When the sandbox had responded, on its clock. */
  readonly at: Date;
  /** For instance `POST`. */
  readonly method: string;
  /** Without the query. Only the first 2,000 characters are kept. */
  readonly path: string;
  /** Without the question mark. Secret values, such as those of `state` and `code`, are `redacted`. Only the first 2,000 characters are kept. */
  readonly query: string;
  /** The status of the response; `undefined` if there was no response. */
  readonly status: number | undefined;
  /** How the request failed; `undefined` if no fault was injected. */
  readonly fault: FaultKind | undefined;
}

const LONGEST = 2_000;

/** A path or query as the log keeps it. */
export function shortened(text: string): string {
  // A part of a string would keep the whole in memory. This copies it.
  return text.length > LONGEST ? Buffer.from(text.slice(0, LONGEST)).toString() : text;
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
