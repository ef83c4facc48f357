import { CLIENT } from "./client.js";
import { OAuthError } from "./oauth-error.js";
import type { Parameters } from "./parameters.js";

const CHALLENGE = { "www-authenticate": 'Basic realm="sipgate-sandbox"' };

/** Throws an OAuthError unless the client authenticates, either by HTTP Basic or in the form. */
export function authenticateClient(authorization: string | undefined, form: Parameters): void {
  const inForm = { id: form.get("client_id"), secret: form.get("client_secret") };
  if (authorization !== undefined && inForm.secret !== undefined) {
    throw new OAuthError("invalid_request", "The client authenticates in two ways at once.");
  }
  const { id, secret } = authorization === undefined ? inForm : fromBasic(authorization);
  const isClient = id === CLIENT.clientId && secret === CLIENT.clientSecret;
  if (!isClient || (inForm.id !== undefined && inForm.id !== id)) throw refused();
}

/** Id and secret are form-encoded each (RFC 6749, section 2.3.1). */
function fromBasic(authorization: string): { id: string; secret: string } {
  const [, credentials = ""] = /^basic +(\S+)$/i.exec(authorization) ?? [];
  const text = Buffer.from(credentials, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon === -1) throw refused();
  return { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw refused();
  }
}

function refused(): OAuthError {
  return new OAuthError("invalid_client", "Invalid client or Invalid client credentials", 401, CHALLENGE);
}
