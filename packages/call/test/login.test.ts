// Signing in by the command line, with a scripted browser or a pasted answer.
import { chmodSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answerAt, loginScene, signIn, startLogin, storedIn } from "./login-steps.js";
import type { Run } from "./terminal.js";

const scene = loginScene();
const { profile, readOr, run } = scene;

function expectNoSecret({ out, err }: Run): void {
  const { accessToken, refreshToken } = JSON.parse(profile()).tokens;
  for (const secret of [accessToken, refreshToken, scene.sandbox.client.clientSecret])
    expect(out + err).not.toContain(secret);
}

describe("login", () => {
  it("asks for the scopes that commands need, accepts the pasted address, and stores the sign-in for its user only", async () => {
    const done = await signIn(scene.sandbox, scene.env);
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining("Signed in as w0, on classic.") });
    expect(done.err).toMatch(/history:read +see your past calls/);
    expect(storedIn(scene.folder)).toEqual(["default.json"]);
    expect(statSync(join(scene.folder, "sipgate-call/profiles/default.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(scene.folder, "sipgate-call/profiles")).mode & 0o777).toBe(0o700);
    expectNoSecret(done);
  });

  it("accepts the code alone", async () => {
    const login = await startLogin(scene.env, ["--no-browser"]);
    login.paste("nonsense that was copied by mistake");
    login.paste((await answerAt(login.url, scene.sandbox)).searchParams.get("code") ?? "");
    const done = await login.done;
    expect(done.code).toBe(0);
    expect(done.err).toContain("neither the address");
  });

  it("prints JSON for scripts", async () => {
    const done = await signIn(scene.sandbox, scene.env, ["--json"], "neo");
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
    const login = await startLogin(scene.env, ["--no-browser"]);
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
    const opener = join(scene.folder, "xdg-open");
    writeFileSync(opener, '#!/bin/sh\nprintf "%s\\n" "$#" "$1" > opened\nenv > seen\n');
    chmodSync(opener, 0o755);
    const login = await startLogin({
      ...scene.env,
      PATH: `${scene.folder}:${process.env.PATH}`,
      DISPLAY: ":0",
    });
    await expect.poll(() => readOr("seen"), { timeout: 10_000 }).not.toBe("");
    expect(readOr("opened")).toBe(`1\n${login.url}\n`);
    expect(readOr("seen")).not.toContain("SIPGATE");
    const shown = await fetch(await answerAt(login.url, scene.sandbox));
    expect(shown.url).not.toContain("code");
    expect(await shown.text()).toContain("You're signed in");
    expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await login.done).code).toBe(0);
  });

  it("uses the port in the settings, and says so if it's in use", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    const refused = await run(["login"], { ...scene.env, SIPGATE_REDIRECT_PORT: String(port) });
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining("SIPGATE_REDIRECT_PORT") });
    await new Promise((resolve) => taken.close(resolve));
    const login = await startLogin({ ...scene.env, SIPGATE_REDIRECT_PORT: String(port) }, ["--no-browser"]);
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
    const option = await run(["login", "--client-secret", "hush"], scene.env);
    expect(option.code).toBe(2);
    expect(option.err).not.toContain("hush");
  });

  it("accepts a realm for older clients", async () => {
    const done = await signIn(scene.sandbox, { ...scene.env, SIPGATE_REALM: "third-party" });
    expect(done.code).toBe(0);
    await scene.sandbox.clock.advance(301_000);
    expect((await run(["whoami"])).code).toBe(0);
  });
});
