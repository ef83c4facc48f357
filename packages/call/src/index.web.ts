// sipgate-call in browsers and in runtimes other than Node: requests go through fetch.
import type { Client } from "./client/client.js";
import type { ClientOptions } from "./client/client-options.js";
import { createClientWith } from "./client/create-client.js";
import type { RenewingCredentials } from "./sipgate/auth/credentials.js";
import { type OAuthOptions, oauthCredentialsWith } from "./sipgate/auth/oauth-credentials.js";
import { createFetchTransport } from "./sipgate/http/http-fetch.js";
import { sendingOfFetch } from "./sipgate/http/resends.js";

export * from "./public.js";

/**
 * Makes a client of one sipgate account.
 *
 * @throws InvalidSettingsError naming everything that's wrong with the options
 * @example
 * ```ts
 * import { createClient } from "sipgate-call";
 *
 * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
 * console.log((await client.whoami()).id);
 * ```
 */
export function createClient(options: ClientOptions): Client {
  return createClientWith(createFetchTransport, options, {
    mayRepeatRequests: sendingOfFetch() === "may-repeat",
  });
}

/**
 * A sign-in that renews itself, for `createClient`. All processes that share it have to share its store: see
 * `TokenStore`.
 *
 * @throws InvalidSettingsError naming everything that's wrong with the options
 * @example
 * ```ts
 * import { createClient, oauthCredentials, type TokenStore } from "sipgate-call";
 *
 * function clientFor(store: TokenStore) {
 *   return createClient({ credentials: oauthCredentials({ clientId: "my-client", store }) });
 * }
 * console.log(typeof clientFor);
 * ```
 */
export function oauthCredentials(options: OAuthOptions): RenewingCredentials {
  return oauthCredentialsWith(createFetchTransport, options);
}
