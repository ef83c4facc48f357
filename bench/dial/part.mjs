// One call from the shell with a check before it, followed to its end: what our own process adds to the call.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { demand, inTurns, target } from "../measure.mjs";
import { ACCOUNT, COMMAND_LINE, ENVIRONMENT, start } from "../processes.mjs";
import { temporaryFolder, wholeProcess } from "../whole-process.mjs";

/** A call of 9.5 s: answered and hung up after 5 s. In a quick run one of 3.5 s, which is forwarded. */
const SHORT_CALL = { callee: "+493023125005", outcome: "The call is over after 0:05." };
const SHORTEST_CALL = { callee: "+493023125302", outcome: "Forwarded" };

export async function run({ quick }) {
  const call = quick ? SHORTEST_CALL : SHORT_CALL;
  const rounds = quick ? 1 : 4;
  const sandboxAt = (...pushUrl) => start(new URL("../sandbox-process.mjs", import.meta.url), ...pushUrl);
  const address = await freeAddress();
  const [quiet, pushing] = [await sandboxAt(), await sandboxAt(`http://${address}/`)];
  const pushed = await pushOptions(address, pushing.ready.baseUrl);
  // At the same time: they spend nearly all their time waiting.
  const [looked, told] = await Promise.all([
    inTurns(rounds, { "by looking": () => dialled(call, [], quiet) }),
    inTurns(rounds, { "with pushed events": () => dialled(call, pushed, pushing) }),
  ]);
  quiet.stop();
  pushing.stop();
  const samples = { ...looked, ...told };
  const added = (name) =>
    target(`wall time beyond the call ${name}, at most 0.3 s`, samples[name]["beyond the call s"], {
      atMost: 0.3,
    });
  return [{ title: "A call checked before and followed", samples, targets: Object.keys(samples).map(added) }];
}

/** Compiled code that's kept. */
const caches = temporaryFolder();

async function dialled({ callee, outcome }, options, sandbox) {
  // State of its own: the same call twice within seconds is taken for a double click.
  const where = {
    SIPGATE_BASE_URL: sandbox.ready.baseUrl,
    XDG_STATE_HOME: temporaryFolder(),
    XDG_CACHE_HOME: caches,
  };
  const begun = Date.now();
  const command = ["node", COMMAND_LINE, "dial", "--follow", ...options];
  const { stdout, cpu, wall } = await wholeProcess(command, { ...ENVIRONMENT, ...ACCOUNT, ...where }, [
    callee,
  ]);
  demand(stdout.includes(outcome), stdout);
  const { placedAt, endedAt } = await sandbox.ask({ name: "latestCall" });
  const [from, to] = [Date.parse(placedAt), Date.parse(endedAt)];
  return {
    "wall s": wall / 1000,
    "the call s": (to - from) / 1000,
    "beyond the call s": (wall - (to - from)) / 1000,
    "until ordered ms": from - begun,
    "after its end ms": begun + wall - to,
    "CPU ms": cpu,
  };
}

/** Where sipgate-call can listen for pushed events: nobody did a moment ago. */
async function freeAddress() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

async function pushOptions(address, baseUrl) {
  const file = join(temporaryFolder(), "key.pem");
  const key = await fetch(new URL("/push-public-key.pem", baseUrl));
  writeFileSync(file, await key.text());
  return ["--push-listen", address, "--push-url", `http://${address}/`, "--push-key", file];
}
