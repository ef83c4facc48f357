// Run by workerd. It's sent the servers as JSON; see place-at.mjs.
import { createClient } from "index.web.js";
import { placeAt } from "place-at.mjs";

// workerd takes a worker from its module's default export.
// biome-ignore lint/style/noDefaultExport: see above
export default {
  async fetch(request) {
    return Response.json(await placeAt(createClient, await request.json(), 1));
  },
};
