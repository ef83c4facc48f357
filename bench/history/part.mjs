// A long history as CSV: what it takes as the history grows.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { addRatios, demand, inTurns, target } from "../measure.mjs";
import { ACCOUNT, COMMAND_LINE, ENVIRONMENT, start } from "../processes.mjs";

const PEAK = fileURLToPath(new URL("peak.cjs", import.meta.url));

/** V8 lets garbage pile up as long as there is room. With little room only what is in use counts. */
const SMALL_HEAP = ["--max-old-space-size=16", "--max-semi-space-size=1"];

export async function run({ quick }) {
  const sizes = quick ? [1_000, 2_000] : [10_000, 100_000, 1_000_000];
  const rows = sizes.map((entries) => [`${entries.toLocaleString("en")} entries`, () => measured(entries)]);
  const samples = await inTurns(1, Object.fromEntries(rows));
  addRatios(samples, "in a small heap MB", rows[1][0]);
  const { [`of ${rows[1][0]}`]: growth } = samples[rows.at(-1)[0]];
  const text = "memory in a small heap with ten times as many entries, at most 1.1";
  return [
    { title: "History as CSV", samples, targets: quick ? [] : [target(text, growth, { atMost: 1.1 })] },
  ];
}

async function measured(entries) {
  const { MB, seconds } = await exported(entries, []);
  const { MB: inUse } = await exported(entries, SMALL_HEAP);
  return {
    "memory MB": MB,
    "in a small heap MB": inUse,
    "entries per s": entries / seconds,
    "wall s": seconds,
  };
}

async function exported(entries, options) {
  const server = await start(new URL("server.mjs", import.meta.url), entries);
  const begun = performance.now();
  const command = [COMMAND_LINE, "history", "--all", "--csv", "--platform", "classic"];
  const env = { ...ENVIRONMENT, ...ACCOUNT, SIPGATE_BASE_URL: server.ready.baseUrl };
  const child = spawn("node", [...options, "--require", PEAK, ...command], {
    env,
    stdio: ["ignore", "pipe", "inherit", "pipe"],
  });
  const closed = once(child, "close");
  const peak = child.stdio[3].setEncoding("utf8").toArray();
  const { lines, last } = await read(child.stdout);
  const [code] = await closed;
  const seconds = (performance.now() - begun) / 1000;
  server.stop();
  demand(
    code === 0 && lines === entries + 1 && last.endsWith(",call-1"),
    `${lines} lines, the last: ${last}`,
  );
  const kilobytes = Number((await peak).join(""));
  return { MB: (kilobytes * 1024) / 1e6, seconds };
}

async function read(stream) {
  let [lines, last] = [0, ""];
  for await (const line of createInterface({ input: stream })) {
    lines += 1;
    last = line;
  }
  return { lines, last };
}
