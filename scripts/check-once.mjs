// A key rings once, however often processes that use it are killed: npm run check:once -- ROUNDS
// In each round ten processes use one key and are killed at random moments; an eleventh asks afterwards. For root each is
// in a PID namespace of its own.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSandbox } from "sipgate-sandbox";

const rounds = Number(process.argv[2] ?? 100);
const script = fileURLToPath(new URL("../packages/call/test/place-with-key.mjs", import.meta.url));
const sandbox = await createSandbox();
const { tokenId, token } = sandbox.classic;
const state = mkdtempSync(join(tmpdir(), "sipgate-call-once-"));

// As root, on Linux: each process in a container of its own, where all have the same host name and, for different processes,
// the same numbers.
const UNSHARE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];
const isRoot = spawnSync(UNSHARE[0], [...UNSHARE.slice(1), "true"]).status === 0;
const ROUNDS_AT_ONCE = 4; // Most of a round is waiting.

/** @returns what it told its user; undefined where it was killed before */
function ask(key, callee, killAfter) {
  const env = { ...process.env, XDG_STATE_HOME: state };
  const own = [process.execPath, script, sandbox.baseUrl, tokenId, token, key, callee];
  const [command, ...args] = isRoot ? [...UNSHARE, ...own] : own;
  const child = spawn(command, args, { env });
  if (killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  return new Promise((resolve) => child.on("close", () => resolve(out === "" ? undefined : JSON.parse(out))));
}

const count = { once: 0, never: 0, twice: 0, untrue: 0, killed: 0, toldCall: 0, toldNo: 0, toldUnknown: 0 };
let next = 0;
async function playRounds() {
  while (next < rounds) {
    const round = next;
    next += 1;
    // Calls are told apart by their numbers; a thousand are kept for film.
    const callee = `+4930231${25_000 + (round % 1_000)}`;
    const before = sandbox.calls.filter((call) => call.callee === callee).length;
    const asked = Array.from({ length: 10 }, () => ask(`round ${round}`, callee, 50 + Math.random() * 950));
    const told = [...(await Promise.all(asked)), await ask(`round ${round}`, callee)];
    const placed = sandbox.calls.filter((call) => call.callee === callee).slice(before);
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
    if (process.stderr.isTTY) process.stderr.write(`\r${next} of ${rounds}`);
  }
}
await Promise.all(Array.from({ length: ROUNDS_AT_ONCE }, playRounds));
rmSync(state, { recursive: true, force: true });
await sandbox.close();
process.stdout.write(`\nkeys that rang once: ${count.once}, never: ${count.never}, twice or more: ${count.twice}
processes killed before they told anything: ${count.killed}
processes that told of the call: ${count.toldCall}, that they dialled nothing: ${count.toldNo}, that it isn't known: ${count.toldUnknown}, untruths: ${count.untrue}
each in a PID namespace of its own: ${isRoot ? "yes" : "no"}
`);
process.exitCode = count.twice + count.untrue === 0 ? 0 : 1;
