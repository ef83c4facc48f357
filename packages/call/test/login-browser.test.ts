// End to end in a real browser: from `login` to a call, and all that can go wrong between.

import { rmSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium } from "../../../scripts/setup/chromium.mjs";
import { type LoginProxy, loginProxy } from "./login-proxy.js";
import { loginEnv, startLogin, storedIn, type WaitingLogin } from "./login-steps.js";
import { strictSandbox } from "./support.js";
import { newFolder, sipgateCall } from "./terminal.js";

const DIAL = ["+493023125001", "--caller", "e0", "--no-preflight"];
let browser: Browser;
let context: BrowserContext;
let sandbox: Sandbox;
let folder: string;
let env: Record<string, string>;
let proxy: LoginProxy | undefined;

beforeAll(async () => {
  // Containers run as root, and Chromium's own sandbox doesn't work there.
  browser = await chromium.launch({
    executablePath: findChromium() ?? "",
    args: ["--no-sandbox"],
  });
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
  folder = newFolder();
  env = loginEnv(sandbox, folder);
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await proxy?.close();
  proxy = undefined;
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
});

const run = (args: readonly string[]) => sipgateCall(args, { folder, env: { XDG_CONFIG_HOME: folder } });

/** Signs in up to the page that asks for consent. */
async function showConsent({ url }: WaitingLogin): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel("Username").fill("classic");
  await page.getByLabel("Password").fill("password-of-classic");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Allow" }).waitFor();
  return page;
}

/** Allows it, but keeps the browser from coming back. @returns the address that it was sent to */
async function heldAnswer(login: WaitingLogin): Promise<URL> {
  const page = await showConsent(login);
  let sentTo = "";
  await page.route("**/login-actions/consent", async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 });
    sentTo = answer.headers().location ?? "";
    await route.fulfill({ contentType: "text/html", body: "<h1>held</h1>" });
  });
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("heading", { name: "held" }).waitFor();
  return new URL(sentTo);
}

const titleOf = async (address: URL) => {
  const page = await context.newPage();
  await page.goto(address.href);
  return page.getByRole("heading").innerText();
};

it("signs in, calls, waits past the token's end, and calls again", async () => {
  const login = await startLogin(env, ["--no-browser"]);
  const page = await showConsent(login);
  expect(await page.getByRole("listitem").allInnerTexts()).toHaveLength(11);
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("heading", { name: "You're signed in" }).waitFor();
  expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/result$/);
  expect(await login.done).toMatchObject({ code: 0, out: expect.stringContaining("Signed in as w0") });

  expect((await run(DIAL)).code).toBe(0);
  await sandbox.clock.advance(301_000);
  expect((await run(DIAL)).code).toBe(0);
  expect(sandbox.calls).toHaveLength(2);
  expect(sandbox.requests.filter(({ path }) => path.endsWith("/token"))).toHaveLength(2);
});

describe("nothing is stored if", () => {
  async function fails(login: WaitingLogin, code: number, sentence: string): Promise<void> {
    const { code: ended, out, err } = await login.done;
    expect({ code: ended, out }).toEqual({ code, out: "" });
    expect(err).toContain(sentence);
    expect(storedIn(folder)).toEqual([]);
  }

  it("it's refused", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    const page = await showConsent(login);
    await page.getByRole("button", { name: "Refuse" }).click();
    await page.getByRole("heading", { name: "You aren't signed in" }).waitFor();
    await fails(login, 4, "it was refused at sipgate's login");
  });

  it("the window is closed", async () => {
    const login = await startLogin(env, ["--no-browser", "--wait", "3"]);
    await (await showConsent(login)).close();
    await fails(login, 7, "Nobody signed in within 3 seconds.");
  });

  it("it ends with a wrong state", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    const address = await heldAnswer(login);
    address.searchParams.set("state", "forged");
    expect(await titleOf(address)).toBe("That isn't an answer to this attempt");
    login.interrupt();
    await fails(login, 130, "You left before you were signed in");
  });

  it("the code is stale", async () => {
    const login = await startLogin(env, ["--no-browser"]);
    const address = await heldAnswer(login);
    await sandbox.clock.advance(61_000);
    expect(await titleOf(address)).toBe("You aren't signed in");
    await fails(login, 4, "it's too old");
  });

  it("the token was tampered with on its way", async () => {
    proxy = await loginProxy(sandbox, tampered);
    const login = await startLogin({ ...env, SIPGATE_LOGIN_URL: proxy.url }, ["--no-browser"]);
    const page = await showConsent(login);
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "You aren't signed in" }).waitFor();
    await fails(login, 4, "refuses the token that its login just issued");
  });
});

it("a second response doesn't sign in again, and its window says so", async () => {
  let release = (_: string) => {};
  const held = new Promise<string>((resolve) => {
    release = resolve;
  });
  let answer = "";
  proxy = await loginProxy(sandbox, (body) => {
    answer = body;
    return held;
  });
  const login = await startLogin({ ...env, SIPGATE_LOGIN_URL: proxy.url }, ["--no-browser"]);
  const address = await heldAnswer(login);
  const first = titleOf(address);
  await expect.poll(() => answer, { timeout: 10_000 }).not.toBe("");
  // Chromium itself lets a second request for the very same address wait for the first.
  expect(await titleOf(new URL(`${address}&again`))).toBe("This sign-in is already over");
  release(answer);
  expect(await first).toBe("You're signed in");
  expect((await login.done).code).toBe(0);
  expect(sandbox.requests.filter(({ path }) => path.endsWith("/token"))).toHaveLength(1);
});

/** A login's answer with another platform in its access token, and the old signature. */
function tampered(body: string): string {
  return body.replace(/("access_token":"[^".]+\.)([^".]+)/, (_, before: string, payload: string) => {
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    return before + Buffer.from(JSON.stringify({ ...claims, featureScope: "NEO_PBX" })).toString("base64url");
  });
}
