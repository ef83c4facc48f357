// sipgate-call in browsers and in runtimes other than Node: requests go through fetch.
import { type Client, type ClientOptions, createClientOn } from "./sipgate/client.js";
import { createFetchTransport } from "./sipgate/http-fetch.js";

export * from "./public.js";

/**
 * Makes a client of one sipgate account.
 *
 * @throws InvalidSettingsError naming everything that's wrong with the options
 */
export function createClient(options: ClientOptions): Client {
  return createClientOn(createFetchTransport(), options);
}
