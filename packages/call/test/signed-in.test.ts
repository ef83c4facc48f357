// What a sign-in is good for: calls, renewals by many processes, and signing out.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { loginScene, signIn, storedIn } from "./login-steps.js";

const CALLEE = "+493023125001";

const scene = loginScene();
const { asked, profile, readOr, run } = scene;

describe("once signed in", () => {
  beforeEach(async () => {
    await signIn(scene.sandbox, scene.env);
  });

  it("a call needs no settings, and asks the login for nothing", async () => {
    const before = scene.sandbox.requests.length;
    const { code } = await run([CALLEE, "--caller", "e0", "--no-preflight"]);
    expect(code).toBe(0);
    expect(scene.sandbox.requests.slice(before).map(({ path }) => path)).toEqual(["/v2/sessions/calls"]);
    expect(scene.sandbox.calls).toHaveLength(1);
  });

  it("a call loads nothing that talks to the login", async () => {
    const hook = join(scene.folder, "hook.cjs");
    const list = "require('node:fs').writeFileSync('loaded', Object.keys(require.cache).join('\\n'))";
    writeFileSync(hook, `process.on("exit", () => ${list});\n`);
    // Node's list has no files that are run from kept code.
    const more = { NODE_OPTIONS: `--require=${hook}`, NODE_DISABLE_COMPILE_CACHE: "1" };
    expect((await run([CALLEE, "--caller", "e0", "--no-preflight"], more)).code).toBe(0);
    expect(readOr("loaded")).toMatch(/open-profile-/);
    expect(readOr("loaded")).not.toMatch(/oauth-server-|key-store-|seal-|keyring|prompts/);
  });

  it("whoami says how long the sign-in lasts, its scopes, and where it's stored", async () => {
    const { out } = await run(["whoami"]);
    expect(out).toMatch(/Profile: {2}default, stored in \S+default\.json/);
    expect(out).toMatch(/Scopes: .*history:read/);
    expect(out).toMatch(/Lasts: {4}until \d{4}-/);
    expect(JSON.parse((await run(["whoami", "--json"])).out)).toMatchObject({
      id: "w0",
      platform: "classic",
      profile: "default",
      keyStore: false,
      scopes: expect.arrayContaining(["sessions:calls:write"]),
    });
  });

  it("ten processes with an expired token renew it once, and all of them call", async () => {
    await scene.sandbox.clock.advance(301_000);
    const before = asked("/token");
    const args = [CALLEE, "--caller", "e0", "--no-preflight"];
    const ended = await Promise.all(Array.from({ length: 10 }, () => run(args)));
    expect(ended.map(({ code }) => code)).toEqual(Array(10).fill(0));
    expect(asked("/token") - before).toBe(1);
    expect(scene.sandbox.calls).toHaveLength(10);
  });

  it("ten processes with a token that is about to expire do so, too, without a refusal", async () => {
    const path = join(scene.folder, "sipgate-call/profiles/default.json");
    const kept = JSON.parse(profile());
    kept.tokens.askedAtMs -= 250_000;
    writeFileSync(path, JSON.stringify(kept));
    const [before, since] = [asked("/token"), scene.sandbox.requests.length];
    const ended = await Promise.all(Array.from({ length: 10 }, () => run(["balance"])));
    expect(ended.map(({ code }) => code)).toEqual(Array(10).fill(0));
    expect(asked("/token") - before).toBe(1);
    expect(scene.sandbox.requests.slice(since).filter(({ status }) => status === 401)).toEqual([]);
  });

  it("a sign-in that has ended at sipgate says so, and stays stored", async () => {
    await scene.sandbox.clock.advance(31 * 24 * 3_600_000);
    const before = profile();
    const { code, err } = await run([CALLEE, "--caller", "e0", "--no-preflight"]);
    expect(code).toBe(4);
    expect(err).toContain("The sign-in is over");
    expect(err).toContain("Sign in again: sipgate-call login");
    expect(profile()).toBe(before);
    expect(scene.sandbox.calls).toEqual([]);
  });

  it("logout ends the sign-in at sipgate and deletes it", async () => {
    const { tokens } = JSON.parse(profile());
    expect(await run(["logout"])).toMatchObject({
      code: 0,
      out: "Signed out: default was deleted here.\n",
      err: "",
    });
    expect(storedIn(scene.folder)).toEqual([]);
    const headers = { authorization: `Bearer ${tokens.accessToken}` };
    expect((await fetch(`${scene.sandbox.baseUrl}/balance`, { headers })).status).toBe(401);
    expect((await run(["logout"])).err).toContain("Nobody is signed in");
  });

  it("logout deletes the sign-in even if sipgate can't be reached, and says so", async () => {
    await scene.sandbox.close();
    const { code, err } = await run(["logout"]);
    expect(code).toBe(0);
    expect(err).toContain("At sipgate the sign-in stays valid until 2");
    expect(storedIn(scene.folder)).toEqual([]);
  });

  it("a damaged sign-in is an error before anything is sent, and can be signed out of", async () => {
    writeFileSync(join(scene.folder, "sipgate-call/profiles/default.json"), '{"tokens":"secret-thing"}');
    const { code, err } = await run(["whoami"]);
    expect(code).toBe(3);
    expect(err).toContain("isn't a sign-in");
    expect(err).not.toContain("secret-thing");
    expect((await run(["profiles"])).out).toContain("sign in again");
    expect((await run(["logout"])).code).toBe(0);
    expect(storedIn(scene.folder)).toEqual([]);
  });
});
