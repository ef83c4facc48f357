// Run by Node, Deno and Bun: place-all.mjs BUILD SERVERS. SERVERS is JSON; see place-at.mjs.
import process from "node:process";
import { pathToFileURL } from "node:url";
import { placeAt } from "./place-at.mjs";

const [build, servers] = process.argv.slice(-2);
const { createClient } = await import(pathToFileURL(build).href);
process.stdout.write(JSON.stringify(await placeAt(createClient, JSON.parse(servers))), () => process.exit());
