// From Enter to the call request on a line with 25 ms each way, over TLS: what checking first and finding out things cost.
import { fileURLToPath } from "node:url";
import { addRatios, demand, inTurns, target } from "../measure.mjs";
import { COMMAND_LINE, ENVIRONMENT, start } from "../processes.mjs";
import { temporaryFolder, wholeProcess } from "../whole-process.mjs";

const BARE = ["node", fileURLToPath(new URL("../start/bare.cjs", import.meta.url))];
const DIAL = ["node", COMMAND_LINE, "dial", "--no-follow"];
const CALLEES = ["000", "001", "002", "003"].map((digits) => `+493023125${digits}`);

export async function run({ quick }) {
  const sandbox = await start(new URL("sandbox-far-away.mjs", import.meta.url));
  const callees = quick ? CALLEES.slice(0, 1) : CALLEES;
  const known = temporaryFolder();
  const caches = temporaryFolder();
  const rows = {
    "bare node:https": () => measure(BARE, { platform: "classic" }),
    "dial --no-preflight": () => measure([...DIAL, "--no-preflight"], { platform: "classic" }),
    dial: () => measure(DIAL, { platform: "classic" }),
    "dial, account known": () => measure(DIAL, { platform: "classic", state: known }),
    "dial on neo": () => measure(DIAL, { platform: "neo" }),
    "dial on neo, account known": () => measure(DIAL, { platform: "neo", state: known }),
  };
  // One call each first, which makes the account known and keeps compiled code. Each sample calls other numbers than the one before: the same call
  // twice within seconds is taken for a double click.
  for (const platform of ["classic", "neo"])
    await wholeProcess(DIAL, environment(platform, known), ["+493023125009"]);
  await sandbox.ask({ name: "seen" });
  const samples = await inTurns(quick ? 1 : 12, rows);
  sandbox.stop();
  return [table(samples)];

  /** Without a state folder to share, each call has its own. */
  async function measure(command, { platform, state }) {
    let [cpu, wall] = [0, 0];
    for (const callee of callees) {
      const folder = state ?? temporaryFolder();
      const run = await wholeProcess(
        [...command, ...(command === BARE ? [] : ["--yes"])],
        environment(platform, folder),
        [callee],
      );
      demand(/"(?:sessionId|callId)":"[\w-]+"/.test(run.stdout), run.stdout);
      cpu += run.cpu / callees.length;
      wall += run.wall / callees.length;
    }
    const { connections, requests } = await sandbox.ask({ name: "seen" });
    const callRequests = requests.filter((request) => request.startsWith("POST "));
    demand(callRequests.length === callees.length, `${command} sent ${callRequests.length} call requests.`);
    return {
      "wall ms": wall,
      "CPU ms": cpu,
      connections: connections / callees.length,
      requests: requests.length / callees.length,
    };
  }

  function environment(platform, state) {
    const { baseUrl, authority, accounts } = sandbox.ready;
    const { tokenId, token } = accounts[platform];
    return {
      ...ENVIRONMENT,
      SIPGATE_BASE_URL: baseUrl,
      SIPGATE_TOKEN_ID: tokenId,
      SIPGATE_TOKEN: token,
      SIPGATE_CALLER: "e0",
      NODE_EXTRA_CA_CERTS: authority,
      XDG_STATE_HOME: state,
      XDG_CACHE_HOME: caches,
    };
  }
}

function table(samples) {
  addRatios(samples, "wall ms", "bare node:https", "of bare");
  const beside = (name, atMost) =>
    target(`${name}: wall time of a bare node:https script, at most ${atMost}`, samples[name]["of bare"], {
      atMost,
    });
  return {
    title: "From Enter to the call request, 25 ms each way",
    samples,
    targets: [beside("dial", 1.5), beside("dial, account known", 1.35)],
  };
}
