// A key rings once in containers that share a state folder, and if a process is stopped at whichever step of placing.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printedBy, spawnInContainer } from "./containers.js";
import { type Relay, relayTo, type Waits } from "./relay.js";

const SCRIPT = fileURLToPath(new URL("place-with-key.mjs", import.meta.url));
const STOPPER = fileURLToPath(new URL("stop-at-link.cjs", import.meta.url));
let sandbox: Sandbox;
let folder: string;
const relays: Relay[] = [];

beforeAll(async () => {
  sandbox = await createSandbox();
  folder = mkdtempSync(join(tmpdir(), "sipgate-call-stopped-"));
});
afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.close()));
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A key of its own with a number of its own, by which its calls are counted. */
let scenes = 0;
function newScene() {
  scenes += 1;
  const callee = `+4930231252${String(scenes).padStart(2, "0")}`;
  const state = join(folder, String(scenes));
  const args = (baseUrl: string) => {
    const { tokenId, token } = sandbox.neo;
    return [SCRIPT, baseUrl, tokenId, token, "order-4711", callee, "neo"];
  };
  const env = { XDG_STATE_HOME: state };
  return {
    state,
    calls: () => sandbox.calls.filter((call) => call.callee === callee),
    inContainer: (baseUrl = sandbox.baseUrl) => spawnInContainer(args(baseUrl), env),
    stopping: (at: string, baseUrl = sandbox.baseUrl) =>
      spawn(process.execPath, ["--require", STOPPER, ...args(baseUrl)], {
        env: { ...process.env, ...env, STOP_AT: at },
      }),
  };
}

async function relay(waits: Waits): Promise<string> {
  const made = await relayTo(sandbox, waits);
  relays.push(made);
  return made.baseUrl;
}

const isStopped = (child: ChildProcess) =>
  /^State:\s+T/m.test(readFileSync(`/proc/${child.pid}/status`, "utf8"));
const stopped = (child: ChildProcess) => expect.poll(() => isStopped(child), { timeout: 20_000 }).toBe(true);

describe.concurrent("one key", () => {
  it("in two containers, with a network that takes its time, rings once", async () => {
    const { inContainer, calls } = newScene();
    const baseUrl = await relay({ before: () => sleep(1_500) });
    const told = await Promise.all([printedBy(inContainer(baseUrl)), printedBy(inContainer(baseUrl))]);
    expect(calls()).toHaveLength(1);
    expect(told.map((answer) => answer?.sessionId)).toEqual([calls()[0]?.id, calls()[0]?.id]);
  }, 60_000);

  it.each([
    ["before it's written down", "before begun"],
    ["once it's written down", "after begun"],
    ["before the step that allows sending", "before sending"],
  ])(
    "whose first process is stopped %s: another places the call, and the first is told of it",
    async (_, at) => {
      const { stopping, inContainer, calls } = newScene();
      const first = stopping(at);
      const told = printedBy(first);
      await stopped(first);
      const other = await printedBy(inContainer());
      expect(other).toEqual({ sessionId: calls()[0]?.id, repeated: false });
      first.kill("SIGCONT");
      expect(await told).toEqual({ sessionId: calls()[0]?.id, repeated: true });
      expect(calls()).toHaveLength(1);
    },
    60_000,
  );

  it("whose first process is stopped right before the first byte: it comes too late, and sends none", async () => {
    const { stopping, inContainer, calls } = newScene();
    const first = stopping("after sending");
    const told = printedBy(first);
    await stopped(first);
    expect(await printedBy(inContainer())).toEqual({ code: "outcome-unknown", placed: "unknown" });
    expect(calls()).toHaveLength(0);
    first.kill("SIGCONT");
    expect(await told).toEqual({ code: "timeout", placed: "no" });
    expect(await printedBy(inContainer())).toEqual({ sessionId: calls()[0]?.id, repeated: false });
    expect(calls()).toHaveLength(1);
  }, 60_000);

  it("whose first process is stopped for a moment only goes on", async () => {
    const { stopping, calls } = newScene();
    const first = stopping("after sending");
    const told = printedBy(first);
    await stopped(first);
    first.kill("SIGCONT");
    expect(await told).toEqual({ sessionId: calls()[0]?.id, repeated: false });
  }, 60_000);

  it("whose first process is stopped while the order is under way: a second is told that it isn't known, a third of the call", async () => {
    const { stopping, inContainer, calls } = newScene();
    let arrived = () => {};
    let release = () => {};
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    const held = await relay({
      after: (method) => {
        if (method !== "POST") return undefined;
        arrived();
        return isReleased;
      },
    });
    const first = stopping("never", held);
    const told = printedBy(first);
    await isThere;
    first.kill("SIGSTOP");
    await stopped(first);
    expect(await printedBy(inContainer(held))).toEqual({ code: "outcome-unknown", placed: "unknown" });
    release(); // The answer waits in the socket of the one that's stopped.
    first.kill("SIGCONT");
    expect(await told).toEqual({ sessionId: calls()[0]?.id, repeated: false });
    expect(await printedBy(inContainer(held))).toEqual({ sessionId: calls()[0]?.id, repeated: true });
    expect(calls()).toHaveLength(1);
  }, 60_000);

  it.each([
    ["before the call is noted", "before placed", { code: "outcome-unknown", placed: "unknown" }],
    ["once the call is noted", "after placed", undefined],
  ])(
    "whose first process is stopped %s",
    async (_, at, expected) => {
      const { stopping, inContainer, calls } = newScene();
      const first = stopping(at);
      const told = printedBy(first);
      await stopped(first);
      expect(await printedBy(inContainer())).toEqual(
        expected ?? { sessionId: calls()[0]?.id, repeated: true },
      );
      first.kill("SIGCONT");
      expect(await told).toEqual({ sessionId: calls()[0]?.id, repeated: false });
      expect(calls()).toHaveLength(1);
    },
    60_000,
  );

  it("whose container is killed while sending and started anew is looked for, not waited for for ever", async () => {
    const { inContainer, calls } = newScene();
    let arrived = () => {};
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const silent = await relay({
      after: (method) => {
        if (method !== "POST") return undefined;
        arrived();
        return new Promise(() => {});
      },
    });
    const first = inContainer(silent);
    await isThere;
    first.kill("SIGKILL");
    const begun = performance.now();
    expect(await printedBy(inContainer(silent))).toEqual({ code: "outcome-unknown", placed: "unknown" });
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(calls()).toHaveLength(1);
  }, 60_000);

  it("whose container is killed before it has sent anything is free soon after", async () => {
    const { inContainer, calls, state } = newScene();
    const held = await relay({
      before: (_, path) => (path.endsWith("/channels") ? new Promise(() => {}) : undefined),
    });
    const first = inContainer(held);
    const versions = () => {
      try {
        return readdirSync(state, { recursive: true, encoding: "utf8" }).filter((name) =>
          name.endsWith(".json"),
        );
      } catch {
        return [];
      }
    };
    await expect.poll(() => versions().length, { timeout: 20_000 }).toBeGreaterThan(0);
    first.kill("SIGKILL");
    expect(await printedBy(inContainer())).toEqual({ sessionId: calls()[0]?.id, repeated: false });
    expect(calls()).toHaveLength(1);
  }, 60_000);
});
