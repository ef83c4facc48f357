// A stored sign-in outlives processes that renew it in containers with one folder, and those that are stopped or killed meanwhile.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { startContained } from "./containers/contained-process.mjs";
import { loginProxy } from "./login-proxy.js";
import { loginEnv, signIn } from "./login-steps.js";
import { strictSandbox } from "./support.js";
import { newFolder } from "./terminal.js";

const SCRIPT = fileURLToPath(new URL("place-signed-in.mjs", import.meta.url));
/** The clock of processes that have to wait until another one counts as silent. */
const QUICK = { clockSpeed: 3 };
const called = { sessionId: expect.any(String) };
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

/** A sign-in whose access token has ended. */
async function newScene() {
  const sandbox = await strictSandbox({ clock: "manual" });
  const folder = newFolder();
  await signIn(sandbox, loginEnv(sandbox, folder));
  let answerAfter = async () => {};
  const proxy = await loginProxy(sandbox, async (body) => {
    await answerAfter();
    return body;
  });
  const path = join(folder, "sipgate-call/profiles/default.json");
  const profile = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...profile, client: { ...profile.client, loginUrl: proxy.url } }));
  await sandbox.clock.advance(301_000);
  ends.push(async () => {
    await proxy.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    start: (how: Parameters<typeof startContained>[2] = {}) =>
      startContained([SCRIPT], { XDG_CONFIG_HOME: folder }, how),
    /** The status of each renewal. */
    renewals: () =>
      sandbox.requests
        .filter((request) => request.path.endsWith("/token"))
        .slice(1)
        .map(({ status }) => status),
    /** How often the record of whose turn it is has been changed. */
    changes: () => readdirSync(join(folder, "sipgate-call/turns/default")).length,
    answerRenewals(after: () => Promise<void>) {
      answerAfter = after;
    },
    /** Keeps the login's answers until they are released. */
    holdAnswers() {
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      const arrived = new Promise<void>((resolve) => {
        answerAfter = () => {
          resolve();
          return released;
        };
      });
      return { arrived, release: () => release() };
    },
  };
}

describe.concurrent("a stored sign-in", () => {
  it("is renewed once by two containers with a slow login", async () => {
    const { start, renewals, changes, answerRenewals } = await newScene();
    // The one whose turn it is has sent more heartbeats than the other needs to take it for gone.
    answerRenewals(() => expect.poll(changes, { timeout: 20_000 }).toBeGreaterThan(7));
    const told = await Promise.all([start(QUICK).printed, start(QUICK).printed]);
    expect(told).toEqual([called, called]);
    expect(renewals()).toEqual([200]);
  }, 60_000);

  it.each([
    ["once it has the turn", "after held"],
    ["right before the step that allows sending", "before committed"],
  ])(
    "isn't renewed by a process that's stopped %s: it goes on with what another has renewed",
    async (_, haltAt) => {
      const { start, renewals } = await newScene();
      const first = start({ haltAt });
      await first.stopped();
      expect(await start(QUICK).printed).toEqual(called);
      first.goOn();
      expect(await first.printed).toEqual(called);
      expect(renewals()).toEqual([200]);
    },
    60_000,
  );

  it("isn't renewed again while a process is stopped that waits for the answer, whatever the clock shows", async () => {
    const { start, renewals, holdAnswers } = await newScene();
    const { arrived, release } = holdAnswers();
    const first = start();
    await arrived;
    await first.stop();
    // By their clocks, they wait for longer than it takes until somebody counts as gone.
    const others = [0, 300_000, -300_000, 3_600_000, -3_600_000].map((wallAhead) =>
      start({ ...QUICK, wallAhead, tellAfter: 8_000 }),
    );
    release();
    await Promise.all(others.map(({ late }) => late));
    expect(renewals()).toEqual([200]);
    first.goOn();
    const told = await Promise.all([first, ...others].map(({ printed }) => printed));
    expect(told).toEqual(told.map(() => called));
    // Whose clock is wrong takes the new token for an old one, and renews it, too, one after the other.
    expect(new Set(renewals())).toEqual(new Set([200]));
  }, 60_000);

  it.each([
    ["on Linux", { isPlain: true }],
    ["elsewhere, where only its number tells", { onMacos: true }],
  ])(
    "is lost with a process that's killed while it waits for the answer, and others learn of it within seconds, %s",
    async (_, where) => {
      const { start, holdAnswers, answerRenewals } = await newScene();
      const first = start(where);
      await holdAnswers().arrived;
      first.kill();
      await first.printed;
      answerRenewals(async () => {});
      const next = await start({ ...where, ...QUICK }).printed;
      expect(next).toEqual({ code: "sign-in-needed", placed: "no" });
    },
    60_000,
  );
});
