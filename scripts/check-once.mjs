// A key rings once, whatever happens to the processes that use it: npm run check:once -- ROUNDS
// In each round, three processes use one key. Each joins at some moment, and is left alone, killed or stopped (SIGSTOP) for up to
// six seconds, at a step of placing or at any moment. When all have ended, a fourth asks: for root, in a container with the same
// host name and process number (1) as the others. Needs what `npm run build` builds.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createSandbox } from "sipgate-sandbox";
import { isContained, startContained } from "../packages/call/test/containers/contained-process.mjs";

const rounds = Number(process.argv[2] ?? 100);
const ROUNDS_AT_ONCE = 8; // Most of a round is waiting.
const PROCESSES = 3;
const NUMBERS = 1_000; // Calls are told apart by their numbers; so many are kept for film.
const STEPS = ["begun", "sending", "placed"].flatMap((step) => [`before ${step}`, `after ${step}`]);
STEPS.push("after sent");

const script = fileURLToPath(new URL("../packages/call/test/place-with-key.mjs", import.meta.url));
const sandbox = await createSandbox({ keep: 50_000 });
const state = mkdtempSync(join(tmpdir(), "sipgate-call-once-"));

const any = (list) => list[Math.floor(Math.random() * list.length)];
const start = (key, callee, haltAt) => {
  const { tokenId, token } = sandbox.classic;
  return startContained(
    [script, sandbox.baseUrl, tokenId, token, key, callee],
    { XDG_STATE_HOME: state },
    { haltAt },
  );
};

const count = { once: 0, never: 0, twice: 0, killed: 0, toldCall: 0, toldNo: 0, toldUnknown: 0, untrue: 0 };
const fates = new Map();
let longestMs = 0;

/** One of the processes of a round. @returns what it has told its user; undefined if it was killed before */
async function suffer(key, callee) {
  await sleep(Math.random() * 1_500);
  const end = any(["nothing", "killed", "stopped", "stopped"]);
  const step = end === "nothing" ? undefined : any([...STEPS, undefined, undefined]);
  const process = start(key, callee, step);
  const isThere = step === undefined ? sleep(Math.random() * 1_000) : process.stopped();
  await Promise.race([isThere, process.printed]); // Not every process comes to each step.
  if (end === "killed") process.kill();
  if (end === "stopped") {
    await process.stop();
    await sleep(Math.random() * 6_000);
    process.goOn();
  }
  const told = await process.printed;
  const fate = end === "nothing" ? "left alone" : `${end} ${step ?? "at any moment"}`;
  fates.set(fate, (fates.get(fate) ?? 0) + 1);
  return told;
}

/** Asks once the others have ended. */
async function askAfterwards(key, callee) {
  const begun = performance.now();
  const told = await start(key, callee).printed;
  longestMs = Math.max(longestMs, performance.now() - begun);
  return told;
}

async function playRound(round) {
  const key = `round ${round}`;
  const callee = `+4930231${25_000 + (round % NUMBERS)}`;
  const callsTo = () => sandbox.calls.filter((call) => call.callee === callee);
  const before = callsTo().length;
  const others = await Promise.all(Array.from({ length: PROCESSES }, () => suffer(key, callee)));
  const told = [...others, await askAfterwards(key, callee)];
  const placed = callsTo().slice(before);
  if (placed.length === 1) count.once += 1;
  else if (placed.length === 0) count.never += 1;
  else count.twice += 1;
  for (const answer of told) {
    if (answer === undefined) count.killed += 1;
    else if (answer.sessionId === undefined && answer.placed === "no") count.toldNo += 1;
    else if (answer.sessionId === undefined) count.toldUnknown += 1;
    else if (answer.sessionId === placed[0]?.id) count.toldCall += 1;
    else count.untrue += 1;
  }
}

function report() {
  const played = count.once + count.never + count.twice;
  const lines = [
    `${played} keys: rang once ${count.once}, never ${count.never}, twice or more ${count.twice}`,
    `processes killed before they told anything: ${count.killed}`,
    `processes that told of the call: ${count.toldCall}, that they dialled nothing: ${count.toldNo}, that it isn't known: ${count.toldUnknown}, untruths: ${count.untrue}`,
    `longest wait of one that asked afterwards: ${Math.round(longestMs)} ms`,
    `each the first process of a PID namespace of its own: ${isContained ? "yes" : "no"}`,
    ...[...fates].sort().map(([fate, times]) => `  ${fate}: ${times}`),
  ];
  return `${lines.join("\n")}\n`;
}

let next = 0;
async function playRounds() {
  while (next < rounds) {
    next += 1;
    await playRound(next);
    if (next % 50 === 0) process.stderr.write(`${report()}\n`);
  }
}
await Promise.all(Array.from({ length: ROUNDS_AT_ONCE }, playRounds));
rmSync(state, { recursive: true, force: true });
await sandbox.close();
process.stdout.write(report());
process.exitCode = count.twice + count.untrue === 0 ? 0 : 1;
