// What `login` has stored, used by programs: for hours, by several at once, and after some of them were killed.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient, openProfile } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { misbehaving } from "./answers.js";
import { loginProxy } from "./login-proxy.js";
import { loginEnv, signIn } from "./login-steps.js";
import { changesOf, inWords, passUntil, strictSandbox } from "./support.js";
import { newFolder } from "./terminal.js";

const SCRIPT = fileURLToPath(new URL("place-signed-in.mjs", import.meta.url));
const REQUEST = { caller: "e0", callee: "+493023125001" };
let sandbox: Sandbox;
let folder: string;
let configHome: string | undefined;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  folder = newFolder();
  configHome = process.env.XDG_CONFIG_HOME;
  process.env.XDG_CONFIG_HOME = folder;
});
afterEach(async () => {
  if (configHome === undefined) delete process.env.XDG_CONFIG_HOME;
  else process.env.XDG_CONFIG_HOME = configHome;
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
});

const path = () => join(folder, "sipgate-call/profiles/default.json");
const renewals = () => sandbox.requests.filter((request) => request.path.endsWith("/token")).length;

/** Another process that places a call. */
function another(): {
  readonly child: ChildProcess;
  readonly told: Promise<Record<string, string> | undefined>;
} {
  const child = spawn(process.execPath, [SCRIPT], { env: { ...process.env, XDG_CONFIG_HOME: folder } });
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  const told = new Promise<Record<string, string> | undefined>((resolve) => {
    child.on("close", () => resolve(out === "" ? undefined : JSON.parse(out)));
  });
  return { child, told };
}

/** Lets the stored sign-in be renewed elsewhere. @returns what undoes that */
function renewAt(loginUrl: string): () => void {
  const before = JSON.parse(readFileSync(path(), "utf8"));
  writeFileSync(path(), JSON.stringify({ ...before, client: { ...before.client, loginUrl } }));
  return () => {
    const now = JSON.parse(readFileSync(path(), "utf8"));
    writeFileSync(path(), JSON.stringify({ ...now, client: before.client }));
  };
}

describe("a stored sign-in", () => {
  beforeEach(async () => {
    await signIn(sandbox, loginEnv(sandbox, folder));
  });

  it("follows a call that runs for an hour to its end", async () => {
    const { clock } = sandbox;
    const client = createClient({ ...(await openProfile("default", { clock })), clock });
    const call = await client.place(REQUEST);
    const seen = changesOf(call);
    await clock.advance(3_600_000);
    expect(sandbox.calls[0]?.state).toBe("connected");
    await call.hangUp();
    expect(inWords(await passUntil(clock, seen))).toEqual([
      "accepted (response)",
      "connected (poll)",
      "ended: completed (history)",
    ]);
    // By the sandbox's clock, which stands months before the one that the sign-in was made by; then every four minutes.
    expect(renewals()).toBe(1 + 1 + 3_600 / 240);
    expect(sandbox.requests.filter(({ status }) => status === 401)).toEqual([]);
  }, 60_000);

  it("is renewed once by ten programs, and each of them calls", async () => {
    await sandbox.clock.advance(301_000);
    const told = await Promise.all(Array.from({ length: 10 }, () => another().told));
    expect(told.every((answer) => answer?.sessionId !== undefined)).toBe(true);
    expect(sandbox.calls).toHaveLength(10);
    expect(renewals()).toBe(1 + 1);
  });

  it("that has ended at sipgate is told of, once it's noticed", async () => {
    const client = createClient(await openProfile());
    const { client: secrets, tokens } = JSON.parse(readFileSync(path(), "utf8"));
    await fetch(`${sandbox.loginUrl}/auth/realms/sipgate-apps/protocol/openid-connect/logout`, {
      method: "POST",
      body: new URLSearchParams({
        client_id: secrets.clientId,
        client_secret: secrets.clientSecret,
        refresh_token: tokens.refreshToken,
      }),
    });
    await expect(client.place(REQUEST)).rejects.toMatchObject({ code: "sign-in-needed", placed: "no" });
    expect(sandbox.calls).toEqual([]);
  });

  it("outlives a process that's killed before its renewal has reached sipgate", async () => {
    await sandbox.clock.advance(301_000);
    const silent = await misbehaving(() => {});
    const undo = renewAt(silent.baseUrl.replace("/v2", ""));
    const first = another();
    await expect.poll(() => silent.requests, { timeout: 10_000 }).toHaveLength(1);
    first.child.kill("SIGKILL");
    expect(await first.told).toBeUndefined();
    undo();
    expect(await another().told).toHaveProperty("sessionId");
    await silent.close();
  });

  it("is lost with a process that's killed before the answer was kept, and that's said", async () => {
    await sandbox.clock.advance(301_000);
    let isAnswered = false;
    const proxy = await loginProxy(sandbox, () => {
      isAnswered = true;
      return new Promise(() => {});
    });
    const undo = renewAt(proxy.url);
    const first = another();
    await expect.poll(() => isAnswered, { timeout: 10_000 }).toBe(true);
    first.child.kill("SIGKILL");
    await first.told;
    undo();
    const failure = createClient(await openProfile()).place(REQUEST);
    await expect(failure).rejects.toMatchObject({
      code: "sign-in-needed",
      message: expect.stringContaining("was cut off before its answer was kept"),
      placed: "no",
    });
    await proxy.close();
  });
});

it("nobody is signed in under a name that wasn't given", async () => {
  await expect(openProfile("work")).rejects.toMatchObject({
    code: "invalid-settings",
    problems: [{ field: "profile work", remedy: "Sign in: sipgate-call login --profile work" }],
  });
});
