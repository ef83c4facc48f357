// Signing in that comes to nothing: what the command line says, and that nothing is stored.
import { describe, expect, it } from "vitest";
import { answerAt, loginScene, startLogin, storedIn } from "./login-steps.js";
import type { Run } from "./terminal.js";

const scene = loginScene();
const { asked, run } = scene;

describe("nothing is stored if signing in", () => {
  async function fails(run: Run, code: number, sentence: string): Promise<void> {
    expect(run).toMatchObject({ code, out: "" });
    expect(run.err).toContain(sentence);
    expect(run.err.match(/Error:/g)).toHaveLength(1);
    expect(storedIn(scene.folder)).toEqual([]);
  }

  it("is refused", async () => {
    const login = await startLogin(scene.env, ["--no-browser"]);
    const shown = await fetch(await answerAt(login.url, scene.sandbox, "refuse"));
    expect(await shown.text()).toContain("You aren't signed in");
    await fails(await login.done, 4, "it was refused at sipgate's login");
  });

  it("ends with a wrong state that is pasted", async () => {
    const login = await startLogin(scene.env, ["--no-browser"]);
    const address = await answerAt(login.url, scene.sandbox);
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
    const login = await startLogin(scene.env, ["--no-browser"]);
    const address = await answerAt(login.url, scene.sandbox);
    address.searchParams.set("iss", "https://login.example/auth/realms/sipgate-apps");
    login.paste(address.href);
    await fails(await login.done, 4, "comes from somebody else");
  });

  it("ends with a code that is too old", async () => {
    const login = await startLogin(scene.env, ["--no-browser"]);
    const address = await answerAt(login.url, scene.sandbox);
    await scene.sandbox.clock.advance(61_000);
    await fetch(address);
    await fails(await login.done, 4, "doesn't take the code");
  });

  it("ends with the code of another attempt, which has another verifier", async () => {
    const other = await startLogin(scene.env, ["--no-browser"]);
    const code = (await answerAt(other.url, scene.sandbox)).searchParams.get("code") ?? "";
    other.interrupt();
    await other.done;
    const login = await startLogin(scene.env, ["--no-browser"]);
    login.paste(code);
    await fails(await login.done, 4, "isn't for this attempt");
  });

  it("uses a wrong client secret", async () => {
    const login = await startLogin({ ...scene.env, SIPGATE_CLIENT_SECRET: "wrong" }, ["--no-browser"]);
    login.paste((await answerAt(login.url, scene.sandbox)).href);
    await fails(await login.done, 4, "doesn't know this client, or its secret is wrong");
  });

  it("takes too long", async () => {
    await fails(
      await run(["login", "--no-browser", "--wait", "1"], scene.env),
      7,
      "Nobody signed in within 1 second.",
    );
  });

  it("is interrupted by Ctrl-C", async () => {
    const login = await startLogin(scene.env, ["--no-browser"]);
    login.interrupt();
    await fails(await login.done, 130, "You left before you were signed in");
  });

  it("is refused, also after a second response, whose window says that the first one counts", async () => {
    const login = await startLogin(scene.env, ["--no-browser"]);
    const address = await answerAt(login.url, scene.sandbox, "refuse");
    const first = await fetch(address, { redirect: "manual" });
    const second = await fetch(address);
    expect(second.status).toBe(410);
    expect(await second.text()).toContain("already over");
    const shown = await fetch(new URL(first.headers.get("location") ?? "", address));
    expect(await shown.text()).toContain("You aren't signed in");
    await fails(await login.done, 4, "it was refused");
  });
});
