// Reads once, so that there is a connection, and places one call; run by Node, Deno and Bun: place.mjs FILE BASE_URL
import process from "node:process";
import { pathToFileURL } from "node:url";

const [file, baseUrl] = process.argv.slice(-2);
const { createClient } = await import(pathToFileURL(file).href);
const client = createClient({ credentials: { accessToken: "not-a-token" }, baseUrl, platform: "classic" });
await client.balance();
const told = await client.place({ caller: "e0", callee: "+493023125000" }, { searchForMs: 0 }).then(
  () => "placed",
  (error) => error.placed,
);
process.stdout.write(`${told}\n`);
process.exit();
