// Following many calls: what that takes as their number grows, beside a watcher for each call.
import { setTimeout as pause } from "node:timers/promises";
import { demand, target } from "../measure.mjs";
import { start } from "../processes.mjs";

/** Looks come less often the longer a call lasts: as long as this, in milliseconds, they are counted once all talk. */
const OBSERVED = 30_000;
const OBSERVED_QUICKLY = 3_000;
const LONGEST_RINGING = 30_000;

const ONE = "1 call";
const MANY = "10,000 calls";
const WATCHERS = {
  [ONE]: { calls: 1, each: false },
  "100 calls": { calls: 100, each: false },
  [MANY]: { calls: 10_000, each: false },
  "1 call, a watcher each": { calls: 1, each: true },
  "100 calls, a watcher each": { calls: 100, each: true },
};
const QUICK_WATCHERS = { [ONE]: { calls: 1, each: false }, "50 calls": { calls: 50, each: false } };

export async function run({ quick }) {
  // All at the same time, each with a sandbox of its own: their CPU is counted, and they mostly wait.
  const rows = Object.entries(quick ? QUICK_WATCHERS : WATCHERS).map(async ([name, how]) => [
    name,
    await observe(how, quick ? OBSERVED_QUICKLY : OBSERVED),
  ]);
  const samples = Object.fromEntries(await Promise.all(rows));
  return [{ title: "Following calls", samples, targets: quick ? [] : targets(samples) }];
}

async function observe({ calls, each }, milliseconds) {
  const sandbox = await start(new URL("../sandbox-process.mjs", import.meta.url));
  const follower = await start(new URL("follower.mjs", import.meta.url), sandbox.ready.baseUrl);
  await follower.ask({ name: "place", calls, each });
  const heapBefore = await follower.ask({ name: "heap" });
  const begun = await follower.ask({ name: "followAll" });
  const before = await allConnected(follower, calls);
  const ordered = await sandbox.ask({ name: "requests" });
  await pause(milliseconds);
  const after = await follower.ask({ name: "usage" });
  const heapAfter = await follower.ask({ name: "heap" });
  const requests = (await sandbox.ask({ name: "requests" })) - ordered;
  follower.stop();
  sandbox.stop();
  return {
    "CPU ms until connected": [before.cpu - begun.cpu],
    "requests per s": [requests / (milliseconds / 1000)],
    "CPU ms per s": [(after.cpu - before.cpu) / (milliseconds / 1000)],
    "memory kB per call": [(heapAfter - heapBefore) / calls / 1000],
  };
}

/** The CPU that was used by the time that every call was seen connected. */
async function allConnected(follower, calls) {
  const deadline = performance.now() + LONGEST_RINGING;
  for (;;) {
    const now = await follower.ask({ name: "usage" });
    if (now.connected === calls) return now;
    demand(performance.now() < deadline, `of ${calls} calls ${now.connected} were seen connected`);
    await pause(100);
  }
}

function targets(samples) {
  const [one, many] = [samples[ONE], samples[MANY]];
  const times = (column) => [many[column][0] / one[column][0]];
  return [
    // Looks are counted whole: in 30 s two more or less are an eighth.
    target("requests with 10,000 calls, of those with 1, at most 1.25", times("requests per s"), {
      atMost: 1.25,
    }),
    target("CPU with 10,000 calls, of that with 1, at most 1.5", times("CPU ms per s"), { atMost: 1.5 }),
    target("kB per followed call, at most 4", many["memory kB per call"], { atMost: 4 }),
  ];
}
