// Calls placed per second in one process, one at a time and 50 at once.
import { addRatios, inTurns, target } from "../measure.mjs";
import { start } from "../processes.mjs";

const OURS = "sipgate-call";
const FLOOR = "node:http";
const SIPGATES_OWN = "sipgateio";

export async function run({ quick }) {
  const server = await start(new URL("server.mjs", import.meta.url));
  const names = quick ? [FLOOR, OURS] : [FLOOR, OURS, "undici", "axios", SIPGATES_OWN];
  const tables = [];
  for (const atOnce of [1, 50]) {
    const clients = await Promise.all(names.map((name) => startClient(name, server.ready.baseUrl)));
    const calls = quick ? 100 : 5_000;
    const rows = clients.map(({ name, ask }) => [name, () => ask({ name: "placeCalls", calls, atOnce })]);
    // The first calls are slower: what runs hot hasn't been compiled yet.
    for (const [, place] of rows) await place();
    const samples = await inTurns(quick ? 1 : 7, Object.fromEntries(rows));
    for (const { stop } of clients) stop();
    tables.push(table(atOnce, samples));
  }
  server.stop();
  return tables;
}

async function startClient(name, baseUrl) {
  return { name, ...(await start(new URL("caller.mjs", import.meta.url), baseUrl, name)) };
}

function table(atOnce, samples) {
  const reached = (other, atLeast) => {
    addRatios(samples, "calls per s", other);
    const text = `calls per second of ${other}, at least ${atLeast}`;
    return target(text, samples[OURS][`of ${other}`], { atLeast });
  };
  const targets = [reached(FLOOR, 0.85), ...(SIPGATES_OWN in samples ? [reached(SIPGATES_OWN, 2)] : [])];
  addRatios(samples, "CPU µs per call", FLOOR, `CPU of ${FLOOR}`);
  return { title: `Calls placed in one process, ${atOnce} at once`, samples, targets };
}
