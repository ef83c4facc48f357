// Several sign-ins: which of them counts, and for what.
import { beforeEach, describe, expect, it } from "vitest";
import { loginScene, signIn } from "./login-steps.js";

const scene = loginScene();
const { run } = scene;

describe("profiles", () => {
  beforeEach(async () => {
    await signIn(scene.sandbox, scene.env, ["--profile", "work"], "neo");
    await signIn(scene.sandbox, scene.env);
  });

  it("are listed, without asking sipgate", async () => {
    const before = scene.sandbox.requests.length;
    const { out } = await run(["profiles"]);
    expect(out).toMatch(/^default +yes +w0 +1000000 +classic/m);
    expect(out).toMatch(/^work +no +w0 +2000000 +neo/m);
    const { profiles } = JSON.parse((await run(["profiles", "--json"], { SIPGATE_PROFILE: "work" })).out);
    expect(profiles.map((each: { default: boolean }) => each.default)).toEqual([false, true]);
    expect(scene.sandbox.requests).toHaveLength(before);
  });

  it("that are named take precedence over a token, and a token over the default one", async () => {
    const { tokenId, token, baseUrl } = scene.sandbox.neo;
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
      const { code, err } = await run([command, `--profile=${name}`], scene.env);
      expect(code).toBe(3);
      expect(err).toContain("It can't be a profile's name");
    }
  });

  it("aren't for the sandbox", async () => {
    expect((await run(["whoami", "--sandbox", "--profile", "work"])).code).toBe(2);
    expect((await run(["whoami", "--sandbox"], { SIPGATE_PROFILE: "work" })).code).toBe(0);
  });
});
