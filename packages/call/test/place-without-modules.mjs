// Places a call while the files of the library go away, as in a deployment over a running server:
// node place-without-modules.mjs DIST ENTRY HOW
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [dist, entry, how] = process.argv.slice(2);
const { CallError, createClient } = await import(pathToFileURL(join(dist, entry)).href);
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    if (request.method === "GET") return response.writeHead(403).end();
    rmSync(dist, { recursive: true });
    if (how === "close") return request.socket.destroy();
    return response.writeHead(Number(how), { "content-type": "application/json" }).end("{}");
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const client = createClient({
  credentials: { tokenId: "token-ABC123", token: "not-a-token" },
  baseUrl: `http://127.0.0.1:${server.address().port}/v2`,
  platform: "classic",
});
try {
  await client.place({ caller: "e0", callee: "+493023125001" }, { searchForMs: 100 });
} catch (error) {
  process.stdout.write(JSON.stringify({ isCallError: error instanceof CallError, placed: error.placed }));
}
process.exit();
