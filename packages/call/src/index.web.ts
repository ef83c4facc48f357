// sipgate-call in browsers and in runtimes other than Node: requests go through fetch.
import { type Client, type ClientOptions, createClientOn } from "./sipgate/client.js";
import type { RenewingCredentials } from "./sipgate/credentials.js";
import { createFetchTransport } from "./sipgate/http-fetch.js";
import { type OAuthOptions, oauthCredentialsOn } from "./sipgate/oauth-credentials.js";

export * from "./public.js";

/**
 * Makes a client of one sipgate account.
 *
 * @throws InvalidSettingsError naming everything that's wrong with the options
 */
export function createClient(options: ClientOptions): Client {
  return createClientOn(createFetchTransport(), options);
}

/**
 * A sign-in that renews itself, for `createClient`. All that share it have to share its store: see `TokenStore`.
 *
 * @throws InvalidSettingsError naming everything that's wrong with the options
 */
export function oauthCredentials(options: OAuthOptions): RenewingCredentials {
  return oauthCredentialsOn(createFetchTransport(), options);
}
