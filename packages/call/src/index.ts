// sipgate-call in Node: requests go through node:http and node:https.
import type { Client } from "./client/client.js";
import type { ClientOptions } from "./client/client-options.js";
import { createClientWith } from "./client/create-client.js";
import { defaultIdempotencyStore } from "./files/default-idempotency-store.js";
import type { OpenProfileOptions, SignedIn } from "./files/open-profile.js";
import type { RenewingCredentials } from "./sipgate/auth/credentials.js";
import { type OAuthOptions, oauthCredentialsWith } from "./sipgate/auth/oauth-credentials.js";
import type { OpenTransport } from "./sipgate/http/http.js";
import { createFetchTransport } from "./sipgate/http/http-fetch.js";
import { createNodeTransport } from "./sipgate/http/http-node.js";

export * from "./public.js";
export type { OpenProfileOptions, SignedIn };

/** Deno runs this entry, too. Its node:http sends requests again by itself; its fetch can be kept from it. */
const openTransport: OpenTransport = "deno" in process.versions ? createFetchTransport : createNodeTransport;

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
  return createClientWith(openTransport, options, { defaultStore: defaultIdempotencyStore });
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
  return oauthCredentialsWith(openTransport, options);
}

/**
 * What `sipgate-call login` has stored for this user, for `createClient`:
 * `createClient(await openProfile())`. Your program and the command line share it and its renewals.
 *
 * @param name of the profile. Default: `default`
 * @throws InvalidSettingsError if nobody is signed in under that name, or it can't be read
 * @example
 * ```ts
 * import { createClient, openProfile } from "sipgate-call";
 *
 * const signedIn = await openProfile("work").catch(() => undefined);
 * if (signedIn === undefined) console.log("Sign in: sipgate-call login --profile work");
 * else console.log((await createClient(signedIn).whoami()).id);
 * ```
 */
export async function openProfile(name = "default", options?: OpenProfileOptions): Promise<SignedIn> {
  const { openProfileWith } = await import("./files/open-profile.js");
  return openProfileWith(openTransport, name, options);
}
