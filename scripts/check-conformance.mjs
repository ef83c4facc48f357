// npm run check:conformance: holds the tools for agents against the protocol's own conformance tests, of both eras and over
// HTTP, and lists and uses them by the protocol's own inspector, over stdin and over HTTP. Both are installed for it, outside
// package.json (140 MB), and need Node 22.19 or newer, so it is no part of the tests. With an older one:
// npx -y -p node@22 node scripts/check-conformance.mjs
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = [
  "@modelcontextprotocol/conformance@0.2.0-alpha.12",
  "@modelcontextprotocol/inspector@2.12.0",
];
const TOKEN = "the-token-of-this-check";
const root = fileURLToPath(new URL("..", import.meta.url));
const command = `${root}packages/mcp/dist/main.cjs`;
const folder = `${root}node_modules/.cache/conformance/`;
const installed = `${folder}node_modules/@modelcontextprotocol/`;

/** All that can be asked of any server. The others need a server of their own making, with tools such as test_simple_text. */
const SCENARIOS = {
  "2025-11-25": [
    ...["server-initialize", "server-session-lifecycle", "ping", "tools-list", "dns-rebinding-protection"],
    "server-sse-multiple-streams",
  ],
  "2026-07-28": [
    ...["server-stateless", "tools-list", "caching", "http-header-validation", "dns-rebinding-protection"],
    ...["server-sse-multiple-streams", "sep-2164-resource-not-found", "input-required-result-validate-input"],
    ...["input-required-result-missing-input-response", "input-required-result-ignore-extra-params"],
    "input-required-result-unsupported-methods",
  ],
};

/** Parts of these scenarios that need such a tool, too, or prompts and resources, which the protocol leaves to the server. */
const isOfAnotherServer = ({ details, errorMessage = "" }) =>
  details?.untestable === true ||
  /^(?:prompts|resources)\/\S+ returned JSON-RPC error -32601/.test(errorMessage);

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error("It needs Node 22.19 or newer: npx -y -p node@22 node scripts/check-conformance.mjs");
  process.exit(2);
}
if (!existsSync(installed)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, '{ "private": true }');
  const options = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", [...options, ...PACKAGES], { cwd: folder, stdio: "inherit" });
}
const home = mkdtempSync(join(tmpdir(), "sipgate-call-conformance-"));
const env = {
  ...process.env,
  HOME: home,
  XDG_CONFIG_HOME: home,
  XDG_STATE_HOME: home,
  SIPGATE_MCP_TOKEN: TOKEN,
};

const { server, url } = await startServer();
const proxy = await startProxy(new URL(url).port);
try {
  const address = `http://localhost:${proxy.address().port}/mcp`;
  const results = [];
  for (const [revision, scenarios] of Object.entries(SCENARIOS))
    for (const scenario of scenarios) results.push(await conforms(address, revision, scenario));
  results.push(await isInspected("over stdin", [process.execPath, command, "--sandbox"], []));
  results.push(await isInspected("over HTTP", [url], ["--header", `Authorization: bearer ${TOKEN}`]));
  process.exitCode = results.every(Boolean) ? 0 : 1;
} finally {
  server.kill();
  proxy.close();
  rmSync(home, { recursive: true });
}

async function startServer() {
  const args = [command, "--sandbox", "--http", "0"];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "pipe"] });
  // Later it tells there what it refuses, which is much.
  const told = await new Promise((resolve) => child.stderr.on("data", (data) => resolve(String(data))));
  return { server: child, url: /http:\S+\/mcp/.exec(told)?.[0] };
}

/** The conformance tests know no bearer token. */
async function startProxy(port) {
  const adding = createServer((incoming, outgoing) => {
    const { method, url: path } = incoming;
    const headers = { ...incoming.headers, authorization: `Bearer ${TOKEN}` };
    const forwarded = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode, response.headers);
      response.pipe(outgoing);
    });
    forwarded.on("error", () => outgoing.destroy());
    outgoing.on("close", () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise((resolve) => adding.listen(0, "127.0.0.1", resolve));
  return adding;
}

async function conforms(address, revision, scenario) {
  const into = mkdtempSync(join(home, "results-"));
  const options = ["--url", address, "--spec-version", revision, "--scenario", scenario, "-o", into];
  const { out } = await run([`${installed}conformance/dist/index.js`, "server", ...options]);
  const [saved] = readdirSync(into);
  const checks =
    saved === undefined ? [] : JSON.parse(readFileSync(join(into, saved, "checks.json"), "utf8"));
  const failed = checks.filter((check) => check.status === "FAILURE" && !isOfAnotherServer(check));
  const passed = checks.filter(({ status }) => status === "SUCCESS").length;
  const isFine = failed.length === 0 && passed > 0;
  console.log(`${isFine ? "ok    " : "FAILED"} ${revision} ${scenario}: ${passed} checks passed`);
  for (const { id, description, errorMessage } of failed)
    console.log(`  ${id}: ${description} ${errorMessage ?? ""}`);
  if (saved === undefined) console.log(out);
  return isFine;
}

/** Its --strict fails if a tool's schema isn't one that every program can use. */
async function isInspected(how, target, options) {
  const inspector = [`${installed}inspector/clients/launcher/build/index.js`, "--cli", ...target, ...options];
  const listed = await run([...inspector, "--method", "tools/list", "--strict"]);
  const use = ["--method", "tools/call", "--tool-name", "find_contact", "--tool-arg", "name=ada"];
  const used = await run([...inspector, ...use]);
  const isFine = listed.code === 0 && used.code === 0 && used.out.includes("+493023125000");
  console.log(`${isFine ? "ok    " : "FAILED"} inspector ${how}`);
  if (!isFine) console.log(listed.code, listed.out.slice(-1_000), used.code, used.out.slice(-1_000));
  return isFine;
}

function run(words) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (out += data));
    child.on("close", (code) => resolve({ code, out }));
  });
}
