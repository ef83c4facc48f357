// A stored sign-in outlives processes that renew it in containers with one folder, and those that are stopped meanwhile.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { printedBy, spawnInContainer } from "./containers.js";
import { type LoginProxy, loginProxy } from "./login-proxy.js";
import { loginEnv, signIn } from "./login-steps.js";
import { newFolder } from "./terminal.js";

const SCRIPT = fileURLToPath(new URL("place-signed-in.mjs", import.meta.url));
const STOPPER = fileURLToPath(new URL("stop-at-link.cjs", import.meta.url));
let sandbox: Sandbox;
let folder: string;
let proxy: LoginProxy;
let answerAfter: () => Promise<unknown>;

beforeEach(async () => {
  sandbox = await createSandbox({ clock: "manual" });
  folder = newFolder();
  await signIn(sandbox, loginEnv(sandbox, folder));
  answerAfter = async () => {};
  proxy = await loginProxy(sandbox, async (body) => {
    await answerAfter();
    return body;
  });
  const path = join(folder, "sipgate-call/profiles/default.json");
  const profile = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...profile, client: { ...profile.client, loginUrl: proxy.url } }));
  await sandbox.clock.advance(301_000); // The access token has ended.
}, 60_000);
afterEach(async () => {
  await proxy.close();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const env = () => ({ XDG_CONFIG_HOME: folder });
const inContainer = () => spawnInContainer([SCRIPT], env());
const stopping = (at: string) =>
  spawn(process.execPath, ["--require", STOPPER, SCRIPT], { env: { ...process.env, ...env(), STOP_AT: at } });
const stopped = (child: ChildProcess) =>
  expect
    .poll(() => /^State:\s+T/m.test(readFileSync(`/proc/${child.pid}/status`, "utf8")), { timeout: 20_000 })
    .toBe(true);
const renewals = () => sandbox.requests.filter(({ path }) => path.endsWith("/token")).slice(1);
const called = { sessionId: expect.any(String) };

it("two containers with a slow login renew it once", async () => {
  answerAfter = () => sleep(6_000); // Longer than the silence after which somebody is taken to be gone.
  const told = await Promise.all([printedBy(inContainer()), printedBy(inContainer())]);
  expect(told).toEqual([called, called]);
  expect(renewals().map(({ status }) => status)).toEqual([200]);
}, 60_000);

describe("a process that's stopped", () => {
  it.each([
    ["once it has the turn", "after held"],
    ["right before the step that allows sending", "before committed"],
  ])(
    "%s loses it, and goes on with what the other has renewed",
    async (_, at) => {
      const first = stopping(at);
      const told = printedBy(first);
      await stopped(first);
      expect(await printedBy(inContainer())).toEqual(called);
      first.kill("SIGCONT");
      expect(await told).toEqual(called);
      expect(renewals().map(({ status }) => status)).toEqual([200]);
    },
    60_000,
  );

  it("while the answer is on its way keeps the turn: nobody spends the refresh token again", async () => {
    let arrived = () => {};
    let release = () => {};
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    answerAfter = () => {
      arrived();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    const first = spawn(process.execPath, [SCRIPT], { env: { ...process.env, ...env() } });
    const told = printedBy(first);
    await isThere;
    first.kill("SIGSTOP");
    await stopped(first);
    const second = printedBy(inContainer());
    release();
    await sleep(6_000); // Longer than the silence after which somebody is taken to be gone: the second waits on.
    expect(renewals().map(({ status }) => status)).toEqual([200]);
    first.kill("SIGCONT");
    expect(await Promise.all([told, second])).toEqual([called, called]);
    expect(renewals().map(({ status }) => status)).toEqual([200]);
  }, 60_000);
});
