// CPU of one call from the shell, whole process, ours and its peers in turns: npm run bench:start [-- ROUNDS]
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { cpuOf } from "./cpu.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const ours = fileURLToPath(new URL("../../packages/call/dist/cli/main.cjs", import.meta.url));
const rounds = Number(process.argv[2] ?? 25);

const COMMANDS = {
  "empty script": ["node", `${here}empty.cjs`],
  "bare node:http": ["node", `${here}bare.cjs`],
  "sipgate-call": ["node", ours, "--no-preflight", "--no-follow"],
  "axios and dotenv": ["node", `${here}axios.cjs`],
};

/** Peers are no dependencies of the project: the bench installs them for itself. */
function installPeers() {
  const peers = `${here}.peers`;
  if (existsSync(`${peers}/node_modules`)) return;
  mkdirSync(peers, { recursive: true });
  writeFileSync(`${peers}/package.json`, '{"private":true}');
  const npm = ["install", "--silent", "--no-audit", "--no-fund", "axios@1", "dotenv@17"];
  execFileSync("npm", npm, { cwd: peers, stdio: "inherit" });
}

function startServer() {
  const server = spawn(process.execPath, [`${here}server.mjs`], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve) =>
    server.stdout.once("data", (line) => resolve({ server, baseUrl: String(line).trim() })),
  );
}

/** The environment that a script calls with. NODE_EXTRA_CA_CERTS would cost Node 20 more than the program itself. */
function environment(baseUrl) {
  return {
    PATH: process.env.PATH,
    SIPGATE_BASE_URL: baseUrl,
    SIPGATE_TOKEN_ID: "token-ABC123",
    SIPGATE_TOKEN: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    SIPGATE_CALLER: "e0",
    SIPGATE_CALLEE: "+493023125000",
  };
}

const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)];
/** The median of the ratios within each round, so that a slow moment of the machine counts on both sides. */
const ratio = (values, others) =>
  quantile(
    values.map((value, round) => value / others[round]),
    0.5,
  ).toFixed(2);

installPeers();
const { server, baseUrl } = await startServer();
const results = Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, command] of Object.entries(COMMANDS))
    results[name].push(cpuOf(command, environment(baseUrl)));
}
server.kill();

console.log(
  `CPU per call from the shell, ${rounds} rounds of 5. Node ${process.version}, ${arch()}, ${cpus()[0]?.model}\n`,
);
console.log("                    median ms  quarter to quarter  of bare  of empty");
for (const [name, values] of Object.entries(results)) {
  const spread = `${quantile(values, 0.25).toFixed(1)} to ${quantile(values, 0.75).toFixed(1)}`;
  const [bare, empty] = [results["bare node:http"], results["empty script"]];
  console.log(
    `${name.padEnd(18)}${quantile(values, 0.5).toFixed(1).padStart(11)}${spread.padStart(20)}${ratio(values, bare).padStart(9)}${ratio(values, empty).padStart(10)}`,
  );
}
