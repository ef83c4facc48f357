// A key rings once in containers that share a state folder, at whichever step of placing a process is stopped or killed.
// `npm run check:faults` prints what each was told, and how many calls there really were.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startContained } from "./containers/contained-process.mjs";
import { printTable, type Row } from "./faults/table.js";
import { type Relay, relayTo, type Waits } from "./relay.js";
import { strictSandbox } from "./support.js";

const SCRIPT = fileURLToPath(new URL("place-with-key.mjs", import.meta.url));
/** The clock of processes that have to wait until another one counts as silent. */
const QUICK = { clockSpeed: 3 };
let sandbox: Sandbox;
let folder: string;
const relays: Relay[] = [];
const rows: Row[] = [];

beforeAll(async () => {
  sandbox = await strictSandbox();
  folder = mkdtempSync(join(tmpdir(), "sipgate-call-stopped-"));
});
afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.close()));
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
  if (process.env.FAULT_TABLE !== undefined) process.stdout.write(printTable(rows));
});

/** A key of its own with a number of its own, by which its calls are counted. */
let scenes = 0;
function newScene(title: string) {
  scenes += 1;
  const callee = `+4930231252${String(scenes).padStart(2, "0")}`;
  const state = join(folder, String(scenes));
  const calls = () => sandbox.calls.filter((call) => call.callee === callee);
  const told: string[] = [];
  return {
    calls,
    start(how: Parameters<typeof startContained>[2] = {}, baseUrl = sandbox.baseUrl) {
      const { tokenId, token } = sandbox.neo;
      const args = [SCRIPT, baseUrl, tokenId, token, "order-4711", callee, "neo"];
      const started = startContained(args, { XDG_STATE_HOME: state }, how);
      void started.printed.then((printed) => told.push(inWords(printed)));
      return started;
    },
    /** How often the record of the key has been changed. */
    changes(): number {
      try {
        const files = readdirSync(state, { recursive: true, encoding: "utf8" });
        return files.filter((name) => name.endsWith(".json")).length;
      } catch {
        return 0;
      }
    },
    first: () => ({ sessionId: calls()[0]?.id, repeated: false }),
    again: () => ({ sessionId: calls()[0]?.id, repeated: true }),
    endsWith(count: number) {
      const placed = count === 1 ? "yes" : "no";
      rows.push({
        act: "one key in containers",
        platform: "neo",
        failure: title,
        told: told.join(", "),
        placed,
        calls: calls().length,
        message: "",
      });
      expect(calls()).toHaveLength(count);
    },
  };
}

function inWords(printed: Readonly<Record<string, unknown>> | undefined): string {
  if (printed === undefined) return "killed";
  if (printed.sessionId === undefined) return `${printed.placed}`;
  return printed.repeated === true ? "call, repeated" : "call";
}

async function relay(waits: Waits): Promise<string> {
  const made = await relayTo(sandbox, waits);
  relays.push(made);
  return made.baseUrl;
}

/** Something that a test waits for. */
function newEvent() {
  let happen = () => {};
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happen: () => happen(), happened };
}

/** A relay that carries out call requests and keeps their answers until they are released. */
async function holdingOrders() {
  const [arrival, release] = [newEvent(), newEvent()];
  const baseUrl = await relay({
    after: (method) => {
      if (method !== "POST") return undefined;
      arrival.happen();
      return release.happened;
    },
  });
  return { baseUrl, arrived: arrival.happened, release: release.happen };
}

const UNKNOWN = { code: "outcome-unknown", placed: "unknown" };

describe.concurrent("one key", () => {
  it("in two containers, with a network that takes its time, rings once", async () => {
    const { start, changes, calls, again, first, endsWith } = newScene("two at once, slow network");
    // The one that came first has sent more heartbeats than the other needs to take it for gone.
    const passed = () => expect.poll(changes, { timeout: 20_000 }).toBeGreaterThan(6);
    const baseUrl = await relay({ before: (_, path) => (path.endsWith("/channels") ? passed() : undefined) });
    const both = [start(QUICK, baseUrl).printed, start(QUICK, baseUrl).printed];
    const told = await Promise.all(both);
    expect(told).toEqual(expect.arrayContaining([first(), again()]));
    expect(calls()).toHaveLength(1);
    endsWith(1);
  }, 60_000);

  it.each(["before begun", "after begun", "before sending"])(
    "whose first process is stopped %s: another places the call, and the first is told of it",
    async (haltAt) => {
      const { start, first, again, endsWith } = newScene(`stopped ${haltAt}`);
      const one = start({ haltAt });
      await one.stopped();
      expect(await start(QUICK).printed).toEqual(first());
      one.goOn();
      expect(await one.printed).toEqual(again());
      endsWith(1);
    },
    60_000,
  );

  it("whose first process is stopped right before the first byte: it comes too late, and sends none", async () => {
    const { start, first, endsWith } = newScene("stopped before the first byte");
    const one = start({ haltAt: "after sending", ...QUICK });
    await one.stopped();
    expect(await start(QUICK).printed).toEqual(UNKNOWN);
    endsWith(0);
    one.goOn();
    expect(await one.printed).toEqual({ code: "timeout", placed: "no" });
    expect(await start().printed).toEqual(first());
    endsWith(1);
  }, 60_000);

  it("whose first process is stopped for a moment only goes on", async () => {
    const { start, first, endsWith } = newScene("stopped for a moment");
    const one = start({ haltAt: "after sending" });
    await one.stopped();
    one.goOn();
    expect(await one.printed).toEqual(first());
    endsWith(1);
  }, 60_000);

  it("whose first process is stopped while the call request is under way: a second is told that it isn't known, a third of the call", async () => {
    const { start, first, again, endsWith } = newScene("stopped while the call request is under way");
    const { baseUrl, arrived, release } = await holdingOrders();
    const one = start({}, baseUrl);
    await arrived;
    await one.stop();
    expect(await start(QUICK, baseUrl).printed).toEqual(UNKNOWN);
    release(); // The answer waits in the socket of the one that's stopped.
    one.goOn();
    expect(await one.printed).toEqual(first());
    expect(await start({}, baseUrl).printed).toEqual(again());
    endsWith(1);
  }, 60_000);

  it("whose first process is stopped before the call is noted", async () => {
    const { start, first, endsWith } = newScene("stopped before the call is noted");
    const one = start({ haltAt: "before placed" });
    await one.stopped();
    expect(await start(QUICK).printed).toEqual(UNKNOWN);
    one.goOn();
    expect(await one.printed).toEqual(first());
    endsWith(1);
  }, 60_000);

  it("whose first process is stopped once the call is noted", async () => {
    const { start, first, again, endsWith } = newScene("stopped once the call is noted");
    const one = start({ haltAt: "after placed" });
    await one.stopped();
    expect(await start().printed).toEqual(again());
    one.goOn();
    expect(await one.printed).toEqual(first());
    endsWith(1);
  }, 60_000);

  it("whose container is killed while sending and started anew is looked for, not waited for for ever", async () => {
    const { start, endsWith } = newScene("killed while sending, started anew");
    const { baseUrl, arrived } = await holdingOrders();
    const one = start({}, baseUrl);
    await arrived;
    one.kill();
    expect(await one.printed).toBeUndefined();
    const begun = performance.now();
    expect(await start(QUICK, baseUrl).printed).toEqual(UNKNOWN);
    expect(performance.now() - begun).toBeLessThan(20_000);
    endsWith(1);
  }, 60_000);

  it("whose container is killed before it has sent anything is free soon after", async () => {
    const { start, first, endsWith } = newScene("killed before sending, started anew");
    const one = start({ haltAt: "before sending" });
    await one.stopped();
    one.kill();
    expect(await one.printed).toBeUndefined();
    expect(await start(QUICK).printed).toEqual(first());
    endsWith(1);
  }, 60_000);
});
