// One call from the shell: what the whole process takes.
import { fileURLToPath } from "node:url";
import { addRatios, demand, inTurns, target } from "../measure.mjs";
import { ACCOUNT, COMMAND_LINE, ENVIRONMENT, start } from "../processes.mjs";
import { temporaryFolder, wholeProcess } from "../whole-process.mjs";

/** Whom each sample calls. The same call twice within seconds is taken for a double click. */
const CALLEES = ["000", "001", "002", "003", "004"].map((digits) => `+493023125${digits}`);

const script = (name) => ["node", fileURLToPath(new URL(name, import.meta.url))];

const DIAL = ["node", COMMAND_LINE, "dial", "--no-follow", "--no-preflight"];
const COMPILING = "sipgate-call that compiles";
const COMMANDS = {
  "empty script": script("empty.cjs"),
  "bare node:http": script("bare.cjs"),
  "sipgate-call": DIAL,
  [COMPILING]: DIAL,
  fetch: script("fetch.cjs"),
};
const PEERS = {
  "axios, dotenv": script("axios.cjs"),
  sipgateio: script("sipgateio.cjs"),
};

function curl(baseUrl) {
  const { SIPGATE_TOKEN_ID, SIPGATE_TOKEN, SIPGATE_CALLER: caller, SIPGATE_CALLEE: callee } = ACCOUNT;
  const credentials = ["-u", `${SIPGATE_TOKEN_ID}:${SIPGATE_TOKEN}`];
  const body = ["-H", "Content-Type: application/json", "-d", JSON.stringify({ caller, callee })];
  return ["curl", "-sS", ...credentials, ...body, `${baseUrl}/sessions/calls`];
}

export async function run({ quick }) {
  const sandbox = await start(new URL("../sandbox-process.mjs", import.meta.url));
  const { baseUrl } = sandbox.ready;
  const env = {
    ...ENVIRONMENT,
    ...ACCOUNT,
    SIPGATE_BASE_URL: baseUrl,
    XDG_CACHE_HOME: temporaryFolder(),
  };
  // One call first, after which compiled code is kept.
  await measure("sipgate-call", DIAL, env);
  const commands = { ...COMMANDS, curl: curl(baseUrl), ...(quick ? {} : PEERS) };
  const rows = Object.entries(commands).map(([name, command]) => [name, () => measure(name, command, env)]);
  const samples = await inTurns(quick ? 1 : 20, Object.fromEntries(rows));
  sandbox.stop();
  return [table(samples)];
}

async function measure(name, command, env) {
  const withOwnState = {
    ...env,
    XDG_STATE_HOME: temporaryFolder(),
    ...(name === COMPILING && { NODE_DISABLE_COMPILE_CACHE: "1" }),
  };
  const { stdout, cpu, wall } = await wholeProcess(command, withOwnState, CALLEES);
  const placed = stdout.match(/"sessionId":"[\w-]+"/g) ?? [];
  const isCall = name !== "empty script";
  demand(
    new Set(placed).size === (isCall ? CALLEES.length : 0),
    `${name} placed ${placed.length} calls: ${stdout}`,
  );
  return { "CPU ms": cpu, "wall ms": wall };
}

function table(samples) {
  addRatios(samples, "CPU ms", "bare node:http");
  const targets = [
    target("CPU of bare node:http, at most 1.35", samples["sipgate-call"]["of bare node:http"], {
      atMost: 1.35,
    }),
  ];
  if ("axios, dotenv" in samples) {
    addRatios(samples, "CPU ms", "axios, dotenv");
    targets.push(
      target("CPU of axios with dotenv, at most 0.5", samples["sipgate-call"]["of axios, dotenv"], {
        atMost: 0.5,
      }),
    );
  }
  return { title: "One call from the shell", samples, targets };
}
