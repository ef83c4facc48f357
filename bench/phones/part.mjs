// Phones at the sandbox: how soon it rings and both hear each other, what the bridge adds, and calls per second by sipp.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { demand, target } from "../measure.mjs";
import { start } from "../processes.mjs";

const SANDBOX = new URL("sandbox.mjs", import.meta.url);
const LOAD = new URL("load.mjs", import.meta.url);
const SCENARIO = fileURLToPath(new URL("dial.xml", import.meta.url));

const MEASURES = { latency, bridge, rate };

export async function run({ quick }) {
  const tables = [];
  for (const measure of Object.values(MEASURES)) tables.push(await measure(quick));
  return tables;
}

async function pair() {
  const sandbox = await start(SANDBOX);
  const { baseUrl, sipServer } = sandbox.ready;
  const load = await start(LOAD, baseUrl, sipServer);
  const stop = () => {
    load.stop();
    sandbox.stop();
  };
  return { sandbox, load, stop };
}

async function latency(quick) {
  const { load, stop } = await pair();
  const { rings, audio } = await load.ask({ name: "latency", calls: quick ? 2 : 100 });
  stop();
  return {
    title: "sipgate-sandbox-phones: one call between two SIP phones",
    samples: { call: { "accepted to first ring, ms": rings, "answer to audio both ways, ms": audio } },
    targets: [
      target("first ring, ms at most 5", rings, { atMost: 5 }),
      target("audio both ways, ms at most 50", audio, { atMost: 50 }),
    ],
  };
}

/** Many calls with audio at once, none of which loses a packet. */
async function bridge(quick) {
  const { sandbox, load, stop } = await pair();
  await load.ask({ name: "talk", calls: quick ? 2 : 100 });
  await load.ask({ name: "audio" });
  const before = await sandbox.ask({ name: "usage" });
  const seconds = quick ? 1 : 20;
  await pause(seconds * 1_000);
  const { cpu } = await sandbox.ask({ name: "usage" });
  const { packets, p50, p99 } = await load.ask({ name: "audio" });
  await load.ask({ name: "audio", end: true });
  stop();
  const expected = (quick ? 2 : 100) * 2 * 50 * seconds;
  demand(packets > 0, "no audio has arrived");
  const samples = {
    "CPU, % of a core": [(cpu - before.cpu) / seconds / 10],
    "packets of those due, %": [(packets / expected) * 100],
    "delay p50, ms": [p50],
    "delay p99, ms": [p99],
  };
  return {
    title: "sipgate-sandbox-phones: 100 calls with audio at once, from mouth to ear",
    samples: { "100 calls": samples },
    targets: [target("delay p99, ms at most 5", [p99], { atMost: 5 })],
  };
}

/** 300 two-leg calls a second by sipp beside 50 calls with audio, and what is left of the heap a minute later. */
async function rate(quick) {
  const { sandbox, load, stop } = await pair();
  await load.ask({ name: "answer" });
  await sipp(sandbox.ready.sipServer, 100, quick ? 10 : 1_000); // What runs hot hasn't been compiled yet.
  await load.ask({ name: "forget" });
  await pause(quick ? 0 : 10_000);
  const heapBefore = await sandbox.ask({ name: "heap" });
  await load.ask({ name: "talk", calls: quick ? 1 : 50 });
  await load.ask({ name: "audio" });
  const before = await sandbox.ask({ name: "usage" });
  const calls = quick ? 30 : 10_000;
  const seconds = await sipp(sandbox.ready.sipServer, 300, calls);
  const { cpu } = await sandbox.ask({ name: "usage" });
  const { p99 } = await load.ask({ name: "audio" });
  await load.ask({ name: "audio", end: true });
  await load.ask({ name: "forget" });
  demand((await sandbox.ask({ name: "failed" })) === 0, "a call has failed");
  await pause(quick ? 0 : 60_000);
  const heap = ((await sandbox.ask({ name: "heap" })) - heapBefore) / 1e6;
  stop();
  const samples = {
    "calls per s": [calls / seconds],
    "CPU ms each": [(cpu - before.cpu) / calls],
    "audio's delay p99, ms": [p99],
    "heap a minute later, MB more": [heap],
  };
  return {
    title: "sipgate-sandbox-phones: 10,000 two-leg calls by sipp, beside 50 calls with audio",
    samples: { "300 a second": samples },
    targets: [
      target("delay p99 beside them, ms at most 10", [p99], { atMost: 10 }),
      target("heap a minute later, MB more at most 2", [heap], { atMost: 2 }),
    ],
  };
}

/** Fails if a call does. @returns the seconds that it took */
async function sipp(sipServer, perSecond, calls) {
  const folder = mkdtempSync(join(tmpdir(), "sipp-"));
  const words = [
    sipServer,
    "-sf",
    SCENARIO,
    "-t",
    "t1",
    "-r",
    perSecond,
    "-m",
    calls,
    "-l",
    "5000",
    "-nostdin",
  ];
  const begun = performance.now();
  const child = spawn(
    "sipp",
    [...words, "-i", "127.0.0.1", "-trace_err", "-error_file", "errors.txt"].map(String),
    {
      cwd: folder,
      stdio: "ignore",
      env: { ...process.env, TERM: "dumb" },
    },
  );
  const [code] = await once(child, "exit");
  demand(code === 0, `sipp ended with ${code}: ${code === 0 ? "" : errorsIn(folder)}`);
  return (performance.now() - begun) / 1_000;
}

function errorsIn(folder) {
  try {
    return readFileSync(join(folder, "errors.txt"), "utf8").slice(0, 1_000);
  } catch {
    return "it says nothing";
  }
}
