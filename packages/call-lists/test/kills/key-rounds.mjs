// A key rings once over many machines, whatever happens to them and to the database: rounds of ten processes with one key.
// Each starts at some moment and may be killed at any. In every second round the database fails and is started again. When
// all have ended, one more asks.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createSandbox } from "sipgate-sandbox";

const SCRIPT = fileURLToPath(new URL("place-with-key.mjs", import.meta.url));
const NUMBERS = 1_000; // Calls are told apart by their numbers; so many are kept for film.

/**
 * @typedef {object} KeyCounts
 * @property {number} once keys that rang once
 * @property {number} never
 * @property {number} twice
 * @property {number} killed processes that were killed before they told anything
 * @property {number} toldCall processes that told of the call
 * @property {number} toldNo that nothing was dialled
 * @property {number} toldUnknown that it isn't known
 * @property {number} untrue that told of another call
 */

/**
 * @param {import("../postgres.mjs").Postgres} postgres a durable one
 * @param {string} databaseUrl of a database in it, with the schema
 * @param {{ rounds: number, processes?: number }} size
 * @returns {Promise<KeyCounts>}
 */
export async function playKeyRounds(postgres, databaseUrl, { rounds, processes = 10 }) {
  const sandbox = await createSandbox({ keep: 50_000 });
  const { tokenId, token } = sandbox.classic;
  const counts = {
    once: 0,
    never: 0,
    twice: 0,
    killed: 0,
    toldCall: 0,
    toldNo: 0,
    toldUnknown: 0,
    untrue: 0,
  };

  /** @returns {Promise<{ callId?: string, placed?: string } | undefined>} undefined if it was killed */
  async function ask(
    /** @type {string} */ key,
    /** @type {string} */ callee,
    /** @type {number | undefined} */ killAfterMs,
  ) {
    const child = spawn(process.execPath, [SCRIPT, sandbox.baseUrl, tokenId, token, key, callee], {
      env: { ...process.env, SIPGATE_DATABASE_URL: databaseUrl },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    const printed = text(child.stdout);
    if (killAfterMs !== undefined)
      await Promise.race([ended, sleep(killAfterMs).then(() => child.kill("SIGKILL"))]);
    await ended;
    const told = await printed;
    return told === "" ? undefined : JSON.parse(told);
  }

  async function playRound(/** @type {number} */ round) {
    const callee = `+4930231${25_000 + (round % NUMBERS)}`;
    const key = `round ${round}`;
    const callsTo = () => sandbox.calls.filter((call) => call.callee === callee);
    const before = callsTo().length;
    const asked = Array.from({ length: processes }, async () => {
      await sleep(Math.random() * 300);
      return ask(key, callee, Math.random() < 0.6 ? 100 + Math.random() * 900 : undefined);
    });
    if (round % 2 === 1) {
      await sleep(200 + Math.random() * 800);
      await postgres.stop();
      await sleep(Math.random() * 500);
      await postgres.start();
    }
    const told = [...(await Promise.all(asked)), await ask(key, callee, undefined)];
    const placed = callsTo().slice(before);
    counts[placed.length === 1 ? "once" : placed.length === 0 ? "never" : "twice"] += 1;
    for (const answer of told) {
      if (answer === undefined) counts.killed += 1;
      else if (answer.callId === undefined) counts[answer.placed === "no" ? "toldNo" : "toldUnknown"] += 1;
      else counts[answer.callId === placed[0]?.id ? "toldCall" : "untrue"] += 1;
    }
  }

  try {
    for (let round = 0; round < rounds; round += 1) await playRound(round);
    return counts;
  } finally {
    await sandbox.close();
  }
}
