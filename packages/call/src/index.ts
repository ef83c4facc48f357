// sipgate-call in Node: requests go through node:http and node:https.
import { type Client, type ClientOptions, createClientOn } from "./sipgate/client.js";
import { createNodeTransport } from "./sipgate/http-node.js";

export * from "./public.js";

/**
 * Makes a client of one sipgate account.
 *
 * @throws InvalidSettingsError naming everything that's wrong with the options
 */
export function createClient(options: ClientOptions): Client {
  return createClientOn(createNodeTransport(), options, async () => {
    const [{ createIntentionFiles }, { stateFolder }] = await Promise.all([
      import("./sipgate/intention-files.js"),
      import("./sipgate/state-folder.js"),
    ]);
    return createIntentionFiles(await stateFolder("calls"));
  });
}
