// A key rings once, however often processes that use it are killed: npm run check:once -- ROUNDS
// In each round ten processes use one key and are killed at random moments; an eleventh asks afterwards.
import { spawn } from "node:child_process";
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

/** @returns what it told its user; undefined where it was killed before */
function ask(key, killAfter) {
  const env = { ...process.env, XDG_STATE_HOME: state };
  const child = spawn(process.execPath, [script, sandbox.baseUrl, tokenId, token, key], { env });
  if (killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  return new Promise((resolve) => child.on("close", () => resolve(out === "" ? undefined : JSON.parse(out))));
}

const count = { once: 0, never: 0, twice: 0, untrue: 0, killed: 0, toldCall: 0, toldUnknown: 0 };
for (let round = 0; round < rounds; round += 1) {
  const key = `round ${round}`;
  const before = sandbox.calls.length;
  const asked = Array.from({ length: 10 }, () => ask(key, 50 + Math.random() * 450));
  const told = [...(await Promise.all(asked)), await ask(key)];
  const placed = sandbox.calls.slice(before);
  if (placed.length === 1) count.once += 1;
  else if (placed.length === 0) count.never += 1;
  else count.twice += 1;
  for (const answer of told) {
    if (answer === undefined) count.killed += 1;
    else if (answer.sessionId === undefined) count.toldUnknown += 1;
    else if (answer.sessionId === placed[0]?.id) count.toldCall += 1;
    else count.untrue += 1;
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${round + 1} of ${rounds}`);
}
rmSync(state, { recursive: true, force: true });
await sandbox.close();
process.stdout.write(`\nkeys that rang once: ${count.once}, never: ${count.never}, twice or more: ${count.twice}
processes killed before they told anything: ${count.killed}
processes that told of the call: ${count.toldCall}, that it isn't known: ${count.toldUnknown}, untruths: ${count.untrue}
`);
process.exitCode = count.twice + count.untrue === 0 ? 0 : 1;
