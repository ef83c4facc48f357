// Signing in and out by the command line, with a scripted browser or a pasted answer.
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerAt, loginEnv, signIn, startLogin, storedIn } from "./login-steps.js";
import { strictSandbox } from "./support.js";
import { newFolder, type Run, sipgateCall } from "./terminal.js";

const CALLEE = "+493023125001";
let sandbox: Sandbox;
let folder: string;
let env: Record<string, string>;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  folder = newFolder();
  env = loginEnv(sandbox, folder);
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
});

const run = (args: readonly string[], more: Record<string, string> = {}) =>
  sipgateCall(args, { folder, env: { XDG_CONFIG_HOME: folder, ...more } });
const profile = (name = "default") =>
  readFileSync(join(folder, "sipgate-call", "profiles", `${name}.json`), "utf8");
const asked = (path: string) => sandbox.requests.filter((request) => request.path.endsWith(path)).length;

function expectNoSecret({ out, err }: Run): void {
  const { accessToken, refreshToken } = JSON.parse(profile()).tokens;
  for (const secret of [accessToken, refreshToken, sandbox.client.clientSecret])
    expect(out + err).not.toContain(secret);
}

describe("login", () => {
  it("asks for the scopes that commands need, accepts the pasted address, and stores the sign-in for its user only", async () => {
    const done = await signIn(sandbox, env);
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining("Signed in as w0, on classic.") });
    expect(done.err).toMatch(/history:read +see your past calls/);
    expect(storedIn(folder)).toEqual(["default.json"]);
    expect(statSync(join(folder, "sipgate-call/profiles/default.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "sipgate-call/profiles")).mode & 0o777).toBe(0o700);
    expectNoSecret(done);
  });

  it("accepts the code alone", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    login.paste("nonsense that was copied by mistake");
    login.paste((await answerAt(login.url, sandbox)).searchParams.get("code") ?? "");
    const done = await login.done;
    expect(done.code).toBe(0);
    expect(done.err).toContain("neither the address");
  });

  it("prints JSON for scripts", async () => {
    const done = await signIn(sandbox, env, ["--json"], "neo");
    const [first, second] = done.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(first.url).toContain("code_challenge=");
    expect(second).toMatchObject({ profile: "default", id: "w0", platform: "neo", keyStore: false });
    expect(second.scopes).toContain("rtcm:write");
    expect(done.err).toBe("");
  });

  it("shows nothing secret in the address: client, state and challenge", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    const names = [...new URL(login.url).searchParams.keys()].sort();
    const expected = [
      "client_id",
      "code_challenge",
      "code_challenge_method",
      "redirect_uri",
      "response_type",
      "scope",
      "state",
    ];
    expect(names).toEqual(expected);
    login.interrupt();
    await login.done;
  });

  it("opens the browser without a shell and without settings, and shows a page there in the end", async () => {
    const opener = join(folder, "xdg-open");
    writeFileSync(opener, '#!/bin/sh\nprintf "%s\\n" "$#" "$1" > opened\nenv > seen\n');
    chmodSync(opener, 0o755);
    const login = await startLogin({ ...env, PATH: `${folder}:${process.env.PATH}`, DISPLAY: ":0" });
    await expect.poll(() => readOr("seen"), { timeout: 10_000 }).not.toBe("");
    expect(readOr("opened")).toBe(`1\n${login.url}\n`);
    expect(readOr("seen")).not.toContain("SIPGATE");
    const shown = await fetch(await answerAt(login.url, sandbox));
    expect(shown.url).not.toContain("code");
    expect(await shown.text()).toContain("You're signed in");
    expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await login.done).code).toBe(0);
  });

  it("uses the port in the settings, and says so if it's in use", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    const refused = await run(["login"], { ...env, SIPGATE_REDIRECT_PORT: String(port) });
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining("SIPGATE_REDIRECT_PORT") });
    await new Promise((resolve) => taken.close(resolve));
    const login = await startLogin({ ...env, SIPGATE_REDIRECT_PORT: String(port) }, ["--no-browser"]);
    expect(new URL(login.url).searchParams.get("redirect_uri")).toBe(`http://127.0.0.1:${port}/callback`);
    login.interrupt();
    await login.done;
  });

  it("names every setting that's missing or wrong", async () => {
    const wrong = {
      SIPGATE_REALM: "other",
      SIPGATE_LOGIN_URL: "http://login.example",
      SIPGATE_REDIRECT_PORT: "x",
    };
    const { code, err } = await run(["login"], wrong);
    expect(code).toBe(3);
    for (const name of ["SIPGATE_CLIENT_ID", ...Object.keys(wrong)]) expect(err).toContain(name);
    const option = await run(["login", "--client-secret", "hush"], env);
    expect(option.code).toBe(2);
    expect(option.err).not.toContain("hush");
  });

  it("accepts a realm for older clients", async () => {
    const done = await signIn(sandbox, { ...env, SIPGATE_REALM: "third-party" });
    expect(done.code).toBe(0);
    await sandbox.clock.advance(301_000);
    expect((await run(["whoami"])).code).toBe(0);
  });
});

const readOr = (name: string) => {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return "";
  }
};

describe("nothing is stored if signing in", () => {
  async function fails(run: Run, code: number, sentence: string): Promise<void> {
    expect(run).toMatchObject({ code, out: "" });
    expect(run.err).toContain(sentence);
    expect(run.err.match(/Error:/g)).toHaveLength(1);
    expect(storedIn(folder)).toEqual([]);
  }

  it("is refused", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    const shown = await fetch(await answerAt(login.url, sandbox, "refuse"));
    expect(await shown.text()).toContain("You aren't signed in");
    await fails(await login.done, 4, "it was refused at sipgate's login");
  });

  it("ends with a wrong state that is pasted", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    const address = await answerAt(login.url, sandbox);
    address.searchParams.set("state", "forged");
    login.paste(address.href);
    login.paste("");
    login.interrupt();
    const done = await login.done;
    expect(done.err).toContain("belongs to another attempt to sign in");
    expect(done.code).toBe(130);
    expect(asked("/token")).toBe(0);
  });

  it("ends at another login server", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    const address = await answerAt(login.url, sandbox);
    address.searchParams.set("iss", "https://login.example/auth/realms/sipgate-apps");
    login.paste(address.href);
    await fails(await login.done, 4, "comes from somebody else");
  });

  it("ends with a code that is too old", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    const address = await answerAt(login.url, sandbox);
    await sandbox.clock.advance(61_000);
    await fetch(address);
    await fails(await login.done, 4, "doesn't take the code");
  });

  it("ends with the code of another attempt, which has another verifier", async () => {
    const other = await startLogin(env, ["--no-browser"]);
    const code = (await answerAt(other.url, sandbox)).searchParams.get("code") ?? "";
    other.interrupt();
    await other.done;
    const login = await startLogin(env, ["--no-browser"]);
    login.paste(code);
    await fails(await login.done, 4, "isn't for this attempt");
  });

  it("uses a wrong client secret", async () => {
    const login = await startLogin({ ...env, SIPGATE_CLIENT_SECRET: "wrong" }, ["--no-browser"]);
    login.paste((await answerAt(login.url, sandbox)).href);
    await fails(await login.done, 4, "doesn't know this client, or its secret is wrong");
  });

  it("takes too long", async () => {
    await fails(
      await run(["login", "--no-browser", "--wait", "1"], env),
      7,
      "Nobody signed in within 1 second.",
    );
  });

  it("is interrupted by Ctrl-C", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    login.interrupt();
    await fails(await login.done, 130, "You left before you were signed in");
  });

  it("is refused, also after a second response, whose window says that the first one counts", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    const address = await answerAt(login.url, sandbox, "refuse");
    const first = await fetch(address, { redirect: "manual" });
    const second = await fetch(address);
    expect(second.status).toBe(410);
    expect(await second.text()).toContain("already over");
    const shown = await fetch(new URL(first.headers.get("location") ?? "", address));
    expect(await shown.text()).toContain("You aren't signed in");
    await fails(await login.done, 4, "it was refused");
  });
});

describe("once signed in", () => {
  beforeEach(async () => {
    await signIn(sandbox, env);
  });

  it("a call needs no settings, and asks the login for nothing", async () => {
    const before = sandbox.requests.length;
    const { code } = await run([CALLEE, "--caller", "e0", "--no-preflight"]);
    expect(code).toBe(0);
    expect(sandbox.requests.slice(before).map(({ path }) => path)).toEqual(["/v2/sessions/calls"]);
    expect(sandbox.calls).toHaveLength(1);
  });

  it("a call loads nothing that talks to the login", async () => {
    const hook = join(folder, "hook.cjs");
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
    await sandbox.clock.advance(301_000);
    const before = asked("/token");
    const args = [CALLEE, "--caller", "e0", "--no-preflight"];
    const ended = await Promise.all(Array.from({ length: 10 }, () => run(args)));
    expect(ended.map(({ code }) => code)).toEqual(Array(10).fill(0));
    expect(asked("/token") - before).toBe(1);
    expect(sandbox.calls).toHaveLength(10);
  });

  it("ten processes with a token that is about to expire do so, too, without a refusal", async () => {
    const path = join(folder, "sipgate-call/profiles/default.json");
    const kept = JSON.parse(profile());
    kept.tokens.askedAtMs -= 250_000;
    writeFileSync(path, JSON.stringify(kept));
    const [before, since] = [asked("/token"), sandbox.requests.length];
    const ended = await Promise.all(Array.from({ length: 10 }, () => run(["balance"])));
    expect(ended.map(({ code }) => code)).toEqual(Array(10).fill(0));
    expect(asked("/token") - before).toBe(1);
    expect(sandbox.requests.slice(since).filter(({ status }) => status === 401)).toEqual([]);
  });

  it("a sign-in that has ended at sipgate says so, and stays stored", async () => {
    await sandbox.clock.advance(31 * 24 * 3_600_000);
    const before = profile();
    const { code, err } = await run([CALLEE, "--caller", "e0", "--no-preflight"]);
    expect(code).toBe(4);
    expect(err).toContain("The sign-in is over");
    expect(err).toContain("Sign in again: sipgate-call login");
    expect(profile()).toBe(before);
    expect(sandbox.calls).toEqual([]);
  });

  it("logout ends the sign-in at sipgate and deletes it", async () => {
    const { tokens } = JSON.parse(profile());
    expect(await run(["logout"])).toMatchObject({
      code: 0,
      out: "Signed out: default was deleted here.\n",
      err: "",
    });
    expect(storedIn(folder)).toEqual([]);
    const headers = { authorization: `Bearer ${tokens.accessToken}` };
    expect((await fetch(`${sandbox.baseUrl}/balance`, { headers })).status).toBe(401);
    expect((await run(["logout"])).err).toContain("Nobody is signed in");
  });

  it("logout deletes the sign-in even if sipgate can't be reached, and says so", async () => {
    await sandbox.close();
    const { code, err } = await run(["logout"]);
    expect(code).toBe(0);
    expect(err).toContain("At sipgate the sign-in stays valid until 2");
    expect(storedIn(folder)).toEqual([]);
  });

  it("a damaged sign-in is an error before anything is sent, and can be signed out of", async () => {
    writeFileSync(join(folder, "sipgate-call/profiles/default.json"), '{"tokens":"secret-thing"}');
    const { code, err } = await run(["whoami"]);
    expect(code).toBe(3);
    expect(err).toContain("isn't a sign-in");
    expect(err).not.toContain("secret-thing");
    expect((await run(["profiles"])).out).toContain("sign in again");
    expect((await run(["logout"])).code).toBe(0);
    expect(storedIn(folder)).toEqual([]);
  });
});

describe("profiles", () => {
  beforeEach(async () => {
    await signIn(sandbox, env, ["--profile", "work"], "neo");
    await signIn(sandbox, env);
  });

  it("are listed, without asking sipgate", async () => {
    const before = sandbox.requests.length;
    const { out } = await run(["profiles"]);
    expect(out).toMatch(/^default +yes +w0 +1000000 +classic/m);
    expect(out).toMatch(/^work +no +w0 +2000000 +neo/m);
    const { profiles } = JSON.parse((await run(["profiles", "--json"], { SIPGATE_PROFILE: "work" })).out);
    expect(profiles.map((each: { default: boolean }) => each.default)).toEqual([false, true]);
    expect(sandbox.requests).toHaveLength(before);
  });

  it("that are named take precedence over a token, and a token over the default one", async () => {
    const { tokenId, token, baseUrl } = sandbox.neo;
    const settings = { SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token, SIPGATE_BASE_URL: baseUrl };
    const platform = async (args: string[], more = {}) =>
      JSON.parse((await run(["whoami", "--json", ...args], { ...settings, ...more })).out);
    expect(await platform([])).toMatchObject({ platform: "neo" });
    expect(await platform([])).not.toHaveProperty("profile");
    expect(await platform(["--profile", "default"])).toMatchObject({
      platform: "classic",
      profile: "default",
    });
    expect(await platform([], { SIPGATE_PROFILE: "work" })).toMatchObject({ profile: "work" });
  });

  it("aren't used for another server than theirs", async () => {
    const elsewhere = { SIPGATE_BASE_URL: "http://127.0.0.1:9/v2" };
    expect(await run(["whoami"], elsewhere)).toMatchObject({
      code: 3,
      err: expect.stringContaining("the sign-in default is for"),
    });
    expect((await run(["whoami", "--profile", "default"], elsewhere)).code).toBe(0);
    expect((await run(["whoami", "--profile", "default", "--base-url", "http://127.0.0.1:9/v2"])).code).toBe(
      3,
    );
  });

  it.each(["../work", "a/b", "", "a b", "x".repeat(65), "."])("can't be called %j", async (name) => {
    for (const command of ["whoami", "login", "logout"]) {
      const { code, err } = await run([command, `--profile=${name}`], env);
      expect(code).toBe(3);
      expect(err).toContain("It can't be a profile's name");
    }
  });

  it("aren't for the sandbox", async () => {
    expect((await run(["whoami", "--sandbox", "--profile", "work"])).code).toBe(2);
    expect((await run(["whoami", "--sandbox"], { SIPGATE_PROFILE: "work" })).code).toBe(0);
  });
});
