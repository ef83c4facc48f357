// A stored sign-in outlives processes that renew it in containers with one folder, and those that are stopped or killed meanwhile.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startContained } from "./containers/contained-process.mjs";
import { type LoginProxy, loginProxy } from "./login-proxy.js";
import { loginEnv, signIn } from "./login-steps.js";
import { newFolder } from "./terminal.js";

const SCRIPT = fileURLToPath(new URL("place-signed-in.mjs", import.meta.url));
/** The clock of processes that have to wait until another one counts as silent. */
const QUICK = { clockSpeed: 4 };
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

const start = (how: Parameters<typeof startContained>[2] = {}) =>
  startContained([SCRIPT], { XDG_CONFIG_HOME: folder }, how);
const renewals = () => sandbox.requests.filter(({ path }) => path.endsWith("/token")).slice(1);
/** How often the record of whose turn it is has been changed. */
const changes = () => readdirSync(join(folder, "sipgate-call/turns/default")).length;
const called = { sessionId: expect.any(String) };

it("two containers with a slow login renew it once", async () => {
  // The one whose turn it is has given more signs of life than the other needs to take it for gone.
  answerAfter = () => expect.poll(changes, { timeout: 20_000 }).toBeGreaterThan(7);
  const told = await Promise.all([start(QUICK).printed, start(QUICK).printed]);
  expect(told).toEqual([called, called]);
  expect(renewals().map(({ status }) => status)).toEqual([200]);
}, 60_000);

describe("a process that's stopped", () => {
  it.each([
    ["once it has the turn", "after held"],
    ["right before the step that allows sending", "before committed"],
  ])(
    "%s loses it, and goes on with what the other has renewed",
    async (_, haltAt) => {
      const first = start({ haltAt });
      await first.stopped();
      expect(await start(QUICK).printed).toEqual(called);
      first.goOn();
      expect(await first.printed).toEqual(called);
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
    const first = start();
    await isThere;
    await first.stop();
    const second = start({ ...QUICK, tellAfter: 8_000 });
    release();
    await second.late; // By its clock, it has waited for longer than it takes until somebody counts as gone.
    expect(renewals().map(({ status }) => status)).toEqual([200]);
    first.goOn();
    expect(await Promise.all([first.printed, second.printed])).toEqual([called, called]);
    expect(renewals().map(({ status }) => status)).toEqual([200]);
  }, 60_000);
});
