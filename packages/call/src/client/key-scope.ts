// The scope of an idempotency key: one user of one account, at one server.
import { CallError } from "../call/errors.js";
import type { RequestOptions } from "../call/telephony.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import type { ApiSettings } from "../sipgate/api/api-request.js";
import { authorization } from "../sipgate/auth/credentials.js";
import { text } from "../sipgate/http/json.js";
import { meantBy } from "../sipgate/http/urls.js";

/**
 * Asks sipgate whom the credentials belong to, once for each token. A renewed token belongs to the same user.
 */
export function createKeyScope(
  api: ApiClient,
  {
    credentials,
    baseUrl,
    clock,
    timeoutMs,
  }: Pick<ApiSettings, "credentials" | "baseUrl" | "clock" | "timeoutMs">,
): (options: RequestOptions) => Promise<string> {
  const server = meantBy(new URL(baseUrl));
  let known: { readonly authorized: string; readonly scope: string } | undefined;
  return async (options) => {
    const authorized = await authorization(credentials, {
      clock,
      timeout: timeoutMs,
      signal: options.signal,
    });
    if (known?.authorized !== authorized) {
      const scope = JSON.stringify([server, ...(await readOwner(api, options))]);
      known = { authorized, scope };
    }
    return known.scope;
  };
}

/** The account and its user. @throws CallError if that can't be read; nothing is dialled then */
async function readOwner(api: ApiClient, options: RequestOptions): Promise<readonly [string, string]> {
  const request = {
    method: "GET",
    path: "/authorization/userinfo",
    purpose: "say whose the key is",
    scope: "all",
  } as const;
  const owner = await api.read(
    request,
    (answer): readonly [string, string] => [text(answer, "masterSipId"), text(answer, "sub")],
    options,
  );
  if (owner.every((part) => part.trim() !== "")) return owner;
  throw new CallError("unexpected-response", "sipgate doesn't say whose the key is.", {
    remedy: "Leave the key out, or check the base URL. Nothing was dialled.",
    placed: "no",
  });
}
