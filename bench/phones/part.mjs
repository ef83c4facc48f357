// Phones at the sandbox: how soon it rings and both hear each other, what the bridge adds, and calls per second by sipp.
import { setTimeout as pause } from "node:timers/promises";
import { demand, target } from "../measure.mjs";
import { start } from "../processes.mjs";
import { sipp } from "./sipp.mjs";

const here = (name) => new URL(name, import.meta.url);

const MEASURES = { latency, browsers, bridge, rate, memory };

export async function run({ quick }) {
  const tables = [];
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (!quick) console.error(`phones: ${name} …`);
    tables.push(await measure(quick));
  }
  return tables;
}

/** A sandbox, and who places the calls. Both are stopped whatever happens. */
async function withSandbox(load, measure) {
  const sandbox = await start(here("sandbox.mjs"));
  const { baseUrl, sipServer } = sandbox.ready;
  const caller = await start(here(load), baseUrl, sipServer);
  try {
    return await measure(sandbox, caller);
  } finally {
    caller.stop();
    sandbox.stop();
  }
}

function latency(quick) {
  return withSandbox("load.mjs", async (_sandbox, load) => {
    const { rings, audio } = await load.ask({ name: "latency", calls: quick ? 2 : 100 });
    return {
      title: "sipgate-sandbox-phones: one call between two SIP phones",
      samples: { call: { "accepted to first ring, ms": rings, "answer to audio both ways, ms": audio } },
      targets: [
        target("first ring, ms at most 5", rings, { atMost: 5 }),
        target("audio both ways, ms at most 50", audio, { atMost: 50 }),
      ],
    };
  });
}

function browsers(quick) {
  const count = quick ? 1 : 10;
  const seconds = quick ? 1 : 20;
  return withSandbox("browsers.mjs", async (sandbox, load) => {
    const { rings, audio } = await load.ask({ name: "latency", calls: quick ? 1 : 20 });
    await load.ask({ name: "talk", count });
    const before = await sandbox.ask({ name: "usage" });
    await pause(seconds * 1_000);
    const { cpu } = await sandbox.ask({ name: "usage" });
    const streams = await load.ask({ name: "received" });
    demand(streams.length === count * 2, `${streams.length} streams instead of ${count * 2}`);
    const lost = streams.reduce((sum, stream) => sum + stream.lost, 0);
    return {
      title: "sipgate-sandbox-phones: one call between two browsers; then 10 pairs at once",
      samples: {
        "one pair": { "accepted to first ring, ms": rings, "answer to audio both ways, ms": audio },
        "10 pairs": {
          "packets received": [streams.reduce((sum, { received }) => sum + received, 0)],
          "packets lost": [lost],
          "jitter, ms": streams.map(({ jitter }) => jitter * 1_000),
          "CPU, % of a core": [(cpu - before.cpu) / seconds / 10],
        },
      },
      targets: [
        target("first ring, ms at most 20", rings, { atMost: 20 }),
        target("audio both ways, ms at most 250", audio, { atMost: 250 }),
        target("packets lost of 10 pairs, at most 0", [lost], { atMost: 0 }),
      ],
    };
  });
}

/** Many calls with audio at once, none of which loses a packet. */
function bridge(quick) {
  const calls = quick ? 2 : 100;
  const seconds = quick ? 1 : 20;
  return withSandbox("load.mjs", async (sandbox, load) => {
    await load.ask({ name: "talk", calls });
    await load.ask({ name: "audio" });
    const before = await sandbox.ask({ name: "usage" });
    await pause(seconds * 1_000);
    const { cpu } = await sandbox.ask({ name: "usage" });
    const { straight, ...bridged } = await load.ask({ name: "audio" });
    const { lost } = await load.ask({ name: "silence" });
    demand(bridged.packets > 0, "no audio has arrived");
    return {
      title: "sipgate-sandbox-phones: 100 calls with audio at once, from mouth to ear",
      samples: {
        "100 calls": {
          ...delays(bridged),
          "packets lost": [lost],
          "CPU, % of a core": [(cpu - before.cpu) / seconds / 10],
        },
        "straight, without the sandbox": delays(straight),
      },
      targets: [
        target("packets lost, at most 0", [lost], { atMost: 0 }),
        target("delay p99, ms at most 5", [bridged.p99], { atMost: 5 }),
      ],
    };
  });
}

/** A phone that answers sipp, which has called it so often that what runs hot is compiled. */
async function answering(sipServer, load, quick) {
  await load.ask({ name: "answer" });
  await sipp(sipServer, 100, quick ? 10 : 1_000);
  await load.ask({ name: "forget" });
  await pause(quick ? 0 : 10_000);
}

/** 300 two-leg calls a second by sipp beside 50 calls with audio. */
function rate(quick) {
  const calls = quick ? 30 : 10_000;
  return withSandbox("load.mjs", async (sandbox, load) => {
    const { sipServer } = sandbox.ready;
    await answering(sipServer, load, quick);
    await load.ask({ name: "talk", calls: quick ? 1 : 50 });
    await load.ask({ name: "audio" });
    const before = await sandbox.ask({ name: "usage" });
    const seconds = await sipp(sipServer, 300, calls);
    const { cpu } = await sandbox.ask({ name: "usage" });
    const { straight, ...bridged } = await load.ask({ name: "audio" });
    const { lost } = await load.ask({ name: "silence" });
    demand((await sandbox.ask({ name: "failed" })) === 0, "a call has failed");
    const perSecond = calls / seconds;
    return {
      title: "sipgate-sandbox-phones: 10,000 two-leg calls by sipp, beside 50 calls with audio",
      samples: {
        "300 a second": {
          "calls per s": [perSecond],
          "CPU ms each, audio included": [(cpu - before.cpu) / calls],
          ...delays(bridged),
          "packets lost": [lost],
        },
        "straight, without the sandbox": delays(straight),
      },
      targets: [
        // The last call is over 0.2 s after it has begun, and sipp takes as long to start.
        target("calls per s at least 290", [perSecond], { atLeast: 290 }),
        target("packets lost, at most 0", [lost], { atMost: 0 }),
        target("delay p99 beside them, ms at most 10", [bridged.p99], { atMost: 10 }),
      ],
    };
  });
}

/** What is left of the heap a minute after 10,000 calls. Apart from the rest: to look into the heap slows the audio's thread. */
function memory(quick) {
  return withSandbox("load.mjs", async (sandbox, load) => {
    const { sipServer } = sandbox.ready;
    await answering(sipServer, load, quick);
    const before = await sandbox.ask({ name: "heap" });
    await sipp(sipServer, 300, quick ? 30 : 10_000);
    await load.ask({ name: "forget" });
    await pause(quick ? 0 : 60_000);
    const heap = ((await sandbox.ask({ name: "heap" })) - before) / 1e6;
    return {
      title: "sipgate-sandbox-phones: the heap a minute after 10,000 two-leg calls",
      samples: { "both threads": { "MB more": [heap] } },
      targets: [target("MB more, at most 2", [heap], { atMost: 2 })],
    };
  });
}

const delays = ({ p50, p99 }) => ({ "delay p50, ms": [p50], "delay p99, ms": [p99] });
