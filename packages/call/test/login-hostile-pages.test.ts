// Any page that the user has open can send requests to the port that `login` waits at. None of them ends the attempt.

import { rmSync } from "node:fs";
import { request } from "node:http";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answerAt, loginEnv, startLogin, type WaitingLogin } from "./login-steps.js";
import { strictSandbox } from "./support.js";
import { newFolder } from "./terminal.js";

let sandbox: Sandbox;
let folder: string;
let login: WaitingLogin;
let port: string;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  folder = newFolder();
  login = await startLogin(loginEnv(sandbox, folder), ["--no-browser"]);
  port = new URL(new URL(login.url).searchParams.get("redirect_uri") ?? "").port;
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
});

/** As a browser may send it: with any target and any headers. */
function ask(path: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

const stateOf = () => new URL(login.url).searchParams.get("state") ?? "";

it.each([
  ["an address that is no path", "//"],
  ["another one", "http:///callback"],
  ["a bare callback", "/callback"],
  ["a callback with another state", "/callback?code=abcdefgh&state=forged"],
  ["a refusal with another state", "/callback?error=access_denied&state=forged"],
  ["a state that is there twice", "/callback?state=forged&state="],
])("After %s the sign-in goes on", async (_, path) => {
  expect([400, 404]).toContain(await ask(path));
  await fetch(await answerAt(login.url, sandbox));
  expect(await login.done).toMatchObject({ code: 0 });
});

it("A name that was resolved to this machine gets nothing, even with the right state", async () => {
  const path = `/callback?code=abcdefgh&state=${stateOf()}`;
  expect(await ask(path, { host: `rebound.example:${port}` })).toBe(400);
  expect(await ask(path, { origin: "https://page.example" })).toBe(400);
  await fetch(await answerAt(login.url, sandbox));
  expect(await login.done).toMatchObject({ code: 0 });
});

it.each([
  ["in quotes", (address: string) => `"${address}"`],
  ["in angle brackets", (address: string) => `<${address}>`],
  ["with escaped ampersands", (address: string) => address.replaceAll("&", "&amp;")],
])("A pasted address is taken %s", async (_, write) => {
  login.paste(write((await answerAt(login.url, sandbox)).href));
  expect(await login.done).toMatchObject({ code: 0 });
});
