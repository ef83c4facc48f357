// A double click, or the same command twice within seconds, rings nobody twice.
import { readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
// Not public: where marks are kept.
import { createVersionedFiles } from "../src/files/versioned-files.js";
import { strictSandbox } from "./support.js";
import { converse, newFolder, type Run, sipgateCall } from "./terminal.js";

const CALLEE = "+493023125000";
const ARGS = ["--no-preflight", "--no-follow"];
let sandbox: Sandbox;
let state: string;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  state = newFolder();
});
afterEach(async () => {
  rmSync(state, { recursive: true });
  await sandbox.close();
});

const env = () => ({
  SIPGATE_TOKEN_ID: sandbox.classic.tokenId,
  SIPGATE_TOKEN: sandbox.classic.token,
  SIPGATE_BASE_URL: sandbox.baseUrl,
  SIPGATE_CALLER: "e0",
  XDG_STATE_HOME: state,
});
const dial = (...args: string[]): Promise<Run> => sipgateCall([...ARGS, ...args], { env: env() });
const marksFolder = () => join(state, "sipgate-call", "just-placed");
const marks = () => readdirSync(marksFolder());
/** Makes the only call that was placed one that was placed earlier. */
async function placedEarlier(milliseconds: number): Promise<void> {
  const files = createVersionedFiles(marksFolder());
  const [name = ""] = marks();
  const { version = 0, text = "" } = (await files.read(name)) ?? {};
  await files.write(name, version, String(Number(text) - milliseconds));
}

it("without a terminal, the same command again is refused, and the error says how to place the call anyway", async () => {
  expect((await dial(CALLEE)).code).toBe(0);
  const { code, out, err } = await dial(CALLEE);
  expect(code).toBe(9);
  expect(out).toBe("");
  expect(err).toContain("looks like a double click");
  expect(err).toContain("--yes");
  expect(sandbox.calls).toHaveLength(1);
  expect((await dial(CALLEE, "--yes")).code).toBe(0);
  expect(sandbox.calls).toHaveLength(2);
});

it("of five commands at the same instant at most one calls, and each says what's true", async () => {
  const runs = await Promise.all(Array.from({ length: 5 }, () => dial(CALLEE, "--json")));
  const placed = runs.filter(({ code }) => code === 0);
  expect(sandbox.calls).toHaveLength(placed.length);
  expect(placed.length).toBeLessThanOrEqual(1);
  for (const { err } of runs.filter(({ code }) => code !== 0))
    expect(JSON.parse(err)).toMatchObject({ code: "just-placed", placed: "no" });
});

describe("a second call is placed", () => {
  it.each([
    ["to another number", ["+493023125001"]],
    ["from another phone", [CALLEE, "--caller", "e1"]],
    ["with another caller ID", [CALLEE, "--caller-id", "+496990009000"]],
  ])("%s", async (_, args) => {
    await dial(CALLEE);
    expect((await dial(...args)).code).toBe(0);
    expect(sandbox.calls).toHaveLength(2);
  });

  it("some seconds later", async () => {
    await dial(CALLEE);
    await placedEarlier(6_000);
    expect((await dial(CALLEE)).code).toBe(0);
  });

  it("after a refusal, which dialled nothing", async () => {
    sandbox.faults.add({ how: "answer", status: 402, method: "POST" });
    expect((await dial(CALLEE)).code).toBe(5);
    expect((await dial(CALLEE)).code).toBe(0);
  });

  it("but not after a lost response, however long the search took", async () => {
    sandbox.faults.add({ how: "reset", method: "POST" });
    const dialling = dial(CALLEE, "--search-for", "1");
    await expect.poll(() => sandbox.requests.length, { timeout: 20_000 }).toBeGreaterThan(1);
    await placedEarlier(6_000); // While it's looked for.
    expect((await dialling).code).toBe(8);
    expect((await dial(CALLEE)).code).toBe(9);
    expect(sandbox.calls).toHaveLength(0);
  });
});

describe("on a terminal, the command asks", () => {
  const args = [CALLEE, ...ARGS];

  it.each([
    ["y\r", 0, 2],
    ["ja\r", 0, 2],
    ["\r", 9, 1],
    ["\u0003", 9, 1],
  ])("and %j ends with exit code %i and %i calls", async (keys, code, calls) => {
    await dial(CALLEE);
    const folder = newFolder();
    const told = await converse(args, [["Place it again? [y/N]", keys]], { env: env(), folder });
    rmSync(folder, { recursive: true });
    expect(told.code).toBe(code);
    expect(sandbox.calls).toHaveLength(calls);
  });
});

it("a mark shows no number and is removed later", async () => {
  await dial(CALLEE);
  expect(marks()).toHaveLength(1);
  expect(marks().join()).toMatch(/^[0-9a-f]{16}$/);
  await placedEarlier(4_000_000);
  const old = Date.now() / 1_000 - 4_000;
  utimesSync(join(marksFolder(), marks()[0] ?? ""), old, old);
  await dial("+493023125001");
  expect(marks()).toHaveLength(1);
});

it.each(["tel:+49-30-23125-000", "030 23125000", "+49 (0)30 23125000", "0049 30/23125-000"])(
  "written as %s it's the same call",
  async (written) => {
    await dial(CALLEE);
    expect((await dial(written)).code).toBe(9);
    expect(sandbox.calls).toHaveLength(1);
  },
);

it("a server by another name is the same", async () => {
  await dial(CALLEE);
  const { port } = new URL(sandbox.baseUrl);
  for (const baseUrl of [`http://LOCALHOST:${port}/v2`, `HTTP://127.0.0.1:${port}/v2/`])
    expect(
      (await sipgateCall([...ARGS, CALLEE], { env: { ...env(), SIPGATE_BASE_URL: baseUrl } })).code,
    ).toBe(9);
  expect(sandbox.calls).toHaveLength(1);
});

it.each([-300_000, 300_000, 86_400_000])(
  "a clock on the wall that is set by %i ms changes nothing",
  async (by) => {
    await dial(CALLEE);
    const folder = newFolder();
    const preload = join(folder, "clock.cjs");
    writeFileSync(preload, `const { now } = Date; Date.now = () => now() + ${by};`);
    const again = await sipgateCall([...ARGS, CALLEE], {
      env: { ...env(), NODE_OPTIONS: `--require=${preload}` },
    });
    rmSync(folder, { recursive: true });
    expect(again.code).toBe(9);
    expect(sandbox.calls).toHaveLength(1);
  },
);

it("a folder that can't be written to stops no call", async () => {
  const nowhere = { ...env(), XDG_STATE_HOME: "/dev/null" };
  expect((await sipgateCall([...ARGS, CALLEE], { env: nowhere })).code).toBe(0);
});
