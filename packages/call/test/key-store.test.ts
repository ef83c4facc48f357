// Sign-ins sealed with a key of a real key store: GNOME's, on a message bus of its own.
import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { loginEnv, signIn, storedIn } from "./login-steps.js";
import { strictSandbox } from "./support.js";
import { newFolder, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let home: string;
let env: Record<string, string>;
let stop = () => {};

/** Starts a message bus with an unlocked key store on it. @returns its address, and what ends both */
function startKeyStore(folder: string): Promise<{ readonly address: string; stop(): void }> {
  const unlock =
    'printf pw | gnome-keyring-daemon --unlock --components=secrets >&2 && echo "$DBUS_SESSION_BUS_ADDRESS" && exec cat';
  const bus = spawn("dbus-run-session", ["--", "sh", "-c", unlock], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      XDG_DATA_HOME: join(folder, "data"),
      XDG_RUNTIME_DIR: folder,
    },
  });
  return new Promise((resolve, reject) => {
    bus.on("error", reject);
    bus.on("close", () => reject(new Error("the key store has ended")));
    bus.stdout.once("data", (data) =>
      resolve({ address: String(data).trim(), stop: () => void bus.stdin.end() }),
    );
  });
}

beforeAll(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  home = newFolder();
  const keyStore = await startKeyStore(home);
  stop = keyStore.stop;
  env = { ...loginEnv(sandbox, home), HOME: home, DBUS_SESSION_BUS_ADDRESS: keyStore.address };
});
afterAll(async () => {
  stop();
  rmSync(home, { recursive: true, force: true });
  await sandbox.close();
});
beforeEach(async () => {
  const { out } = await signIn(sandbox, env);
  expect(out).toContain("sealed with a key in the system's key store");
});

const path = () => join(home, "sipgate-call/profiles/default.json");
const run = (args: readonly string[], more: Record<string, string> = {}) =>
  sipgateCall(args, { folder: home, env: { ...env, ...more } });

it("a sealed file tells nothing, and works all the same, renewed too", async () => {
  expect(Object.keys(JSON.parse(readFileSync(path(), "utf8")))).toEqual(["sealed"]);
  await sandbox.clock.advance(301_000);
  expect((await run(["whoami"])).out).toContain("sealed with a key");
  expect(Object.keys(JSON.parse(readFileSync(path(), "utf8")))).toEqual(["sealed"]);
});

it("a closed key store is reported, and nothing is lost", async () => {
  const before = readFileSync(path(), "utf8");
  const { code, err } = await run(["whoami"], { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere" });
  expect(code).toBe(3);
  expect(err).toContain("its key is in the system's key store, which can't be opened now");
  expect(readFileSync(path(), "utf8")).toBe(before);
  expect((await run(["whoami"])).code).toBe(0);
});

it("a file that was changed isn't taken", async () => {
  const { sealed } = JSON.parse(readFileSync(path(), "utf8"));
  writeFileSync(path(), JSON.stringify({ sealed: `${sealed.slice(0, -8)}AAAAAAA=` }));
  expect(await run(["whoami"])).toMatchObject({ code: 3, err: expect.stringContaining("isn't a sign-in") });
});

it("logout forgets the key, too", async () => {
  const copy = readFileSync(path(), "utf8");
  expect((await run(["logout"])).code).toBe(0);
  expect(storedIn(home)).toEqual([]);
  writeFileSync(path(), copy);
  expect((await run(["whoami"])).err).toContain("its key is in the system's key store");
});
