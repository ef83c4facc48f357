// Reads once and places one call at the address that it's asked with; run by workerd.
import { createClient } from "index.web.js";

// workerd takes a worker from its module's default export.
// biome-ignore lint/style/noDefaultExport: see above
export default {
  async fetch(request) {
    const baseUrl = new URL(request.url).searchParams.get("baseUrl");
    const client = createClient({
      credentials: { accessToken: "not-a-token" },
      baseUrl,
      platform: "classic",
    });
    await client.balance();
    const placing = client.place({ caller: "e0", callee: "+493023125000" }, { searchForMs: 0 });
    return new Response(
      await placing.then(
        () => "placed",
        (error) => error.placed,
      ),
    );
  },
};
