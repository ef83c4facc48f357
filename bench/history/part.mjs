// A long history as CSV: what it takes as the history grows.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { demand, inTurns, target } from "../measure.mjs";
import { ACCOUNT, COMMAND_LINE, ENVIRONMENT, start } from "../processes.mjs";

const PEAK = fileURLToPath(new URL("peak.cjs", import.meta.url));

export async function run({ quick }) {
  const sizes = quick ? [1_000, 2_000] : [10_000, 100_000, 1_000_000];
  const named = (entries) => `${entries.toLocaleString("en")} entries`;
  const rows = sizes.map((entries) => [named(entries), () => exported(entries)]);
  const samples = await inTurns(1, Object.fromEntries(rows));
  const [, { "memory MB": some }, { "memory MB": all } = { "memory MB": some }] = Object.values(samples);
  const growth = target("memory with ten times as many entries, at most 1.1", [all[0] / some[0]], {
    atMost: 1.1,
  });
  return [{ title: "History as CSV", samples, targets: quick ? [] : [growth] }];
}

async function exported(entries) {
  const server = await start(new URL("server.mjs", import.meta.url), entries);
  const begun = performance.now();
  const args = ["--require", PEAK, COMMAND_LINE, "history", "--all", "--csv", "--platform", "classic"];
  const env = { ...ENVIRONMENT, ...ACCOUNT, SIPGATE_BASE_URL: server.ready.baseUrl };
  const child = spawn("node", args, { env, stdio: ["ignore", "pipe", "inherit", "pipe"] });
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
  return { "memory MB": (kilobytes * 1024) / 1e6, "entries per s": entries / seconds, "wall s": seconds };
}

async function read(stream) {
  let [lines, last] = [0, ""];
  for await (const line of createInterface({ input: stream })) {
    lines += 1;
    last = line;
  }
  return { lines, last };
}
