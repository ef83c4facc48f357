// The sandbox as a server: requests per second, calls started per second, and what many running calls take.
import { setTimeout as pause } from "node:timers/promises";
import { addRatios, demand, inTurns, target } from "../measure.mjs";
import { start } from "../processes.mjs";

const PLAIN = new URL("plain-servers.mjs", import.meta.url);
const SANDBOX = new URL("../sandbox-process.mjs", import.meta.url);
const KINDS = { read: "Requests that read, 50 at once", place: "Calls started, 50 at once" };
const RUNNING = 10_000;
/** Milliseconds until calls have been answered. */
const RINGING = 6_000;

export async function run({ quick }) {
  const rates = [];
  for (const [kind, title] of Object.entries(KINDS)) rates.push(await rate(kind, title, quick));
  return [...rates, await running(quick ? 100 : RUNNING, quick ? 1 : 5)];
}

async function rate(kind, title, quick) {
  const names = { "empty node:http": ["empty"], "static answer": ["static"], "sipgate-sandbox": [] };
  const servers = await Promise.all(
    Object.entries(names).map(async ([name, args]) => {
      const server = await start(args.length > 0 ? PLAIN : SANDBOX, ...args);
      return { name, server, load: await loadOn(server) };
    }),
  );
  const rows = servers.map(({ name, server, load }) => [
    name,
    () => measured(server, load, { kind, requests: quick ? 200 : 5_000, atOnce: 50 }),
  ]);
  for (const [, measure] of rows) await measure(); // What runs hot hasn't been compiled yet.
  const samples = await inTurns(quick ? 1 : 7, Object.fromEntries(rows));
  for (const { server, load } of servers) for (const process of [server, load]) process.stop();
  for (const other of ["empty node:http", "static answer"]) addRatios(samples, "per s", other);
  return { title: `sipgate-sandbox: ${title}`, samples };
}

const loadOn = (server) => start(new URL("load.mjs", import.meta.url), server.ready.baseUrl);

async function measured(server, load, what) {
  const before = await server.ask({ name: "usage" });
  const { seconds } = await load.ask({ name: "send", ...what });
  const after = await server.ask({ name: "usage" });
  const { requests } = what;
  return {
    "per s": requests / seconds,
    "server's CPU µs each": ((after.cpu - before.cpu) * 1000) / requests,
  };
}

/** Memory differs by when garbage was last collected: each time in a process of its own. */
async function running(calls, times) {
  const samples = { "memory MB": [], "heap kB per call": [] };
  for (let time = 0; time < times; time += 1) {
    const memory = await memoryOf(calls);
    for (const column of Object.keys(samples)) samples[column].push(memory[column]);
  }
  const MB = samples["memory MB"];
  return {
    title: "sipgate-sandbox: calls running at once",
    samples: { [`${calls.toLocaleString("en")} calls`]: samples },
    targets: calls === RUNNING ? [target("10,000 running calls, MB at most 200", MB, { atMost: 200 })] : [],
  };
}

/** With so many calls that are all connected. */
async function memoryOf(calls) {
  const sandbox = await start(SANDBOX);
  const load = await loadOn(sandbox);
  const before = await sandbox.ask({ name: "heap" });
  await load.ask({ name: "send", kind: "place", requests: calls, atOnce: 50 });
  let rss;
  do {
    await pause(RINGING);
    // Before the sandbox is asked for its calls: it makes a copy of each, and would be measured with that garbage.
    ({ rss } = await sandbox.ask({ name: "usage" }));
  } while ((await connected(sandbox)) < calls);
  const after = await sandbox.ask({ name: "heap" });
  load.stop();
  sandbox.stop();
  return { "memory MB": rss / 1e6, "heap kB per call": (after - before) / calls / 1000 };
}

async function connected(sandbox) {
  const { connected = 0, ended = 0 } = await sandbox.ask({ name: "states" });
  demand(ended === 0, "a call has ended by itself");
  return connected;
}
