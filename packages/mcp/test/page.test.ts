// A page in the person's browser, for programs that can't ask. The browser here is a script that notes the address.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findChromium } from "../../../scripts/setup/chromium.mjs";
import { type Agent, type Answer, connect, settingsOf } from "./agents.js";

let sandbox: Sandbox;
let agent: Agent;
let noted: string;
let settings: Record<string, string>;

beforeEach(async () => {
  sandbox = await createSandbox({ clock: "manual" });
  const folder = mkdtempSync(join(tmpdir(), "sipgate-call-browser-"));
  noted = join(folder, "address");
  const browser = join(folder, "browser.sh");
  writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > ${noted}.new && mv ${noted}.new ${noted}\n`, {
    mode: 0o755,
  });
  settings = { ...settingsOf(sandbox), BROWSER: browser };
  agent = await connect({ env: settings });
});
afterEach(async () => {
  await agent.close();
  await sandbox.close();
});

async function openedPage(): Promise<URL> {
  await expect.poll(() => existsSync(noted), { timeout: 20_000 }).toBe(true);
  return pageBehind(new URL(readFileSync(noted, "utf8")));
}

/** Where the file that the browser was given sends it. */
function pageBehind(file: URL): URL {
  expect(file.protocol).toBe("file:");
  const [, address = ""] = /url=([^"]+)"/.exec(readFileSync(file, "utf8")) ?? [];
  return new URL(address);
}

interface Sent {
  readonly status: number | undefined;
  readonly text: string;
}

/** With headers of its own choice, as a browser wouldn't allow. */
function send(url: URL, method: string, headers: Readonly<Record<string, string>>): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, text });
    });
    sent.on("error", reject).end();
  });
}

it("shows the plan, and its button lets the call be placed; the address is in no answer", async () => {
  const plan = await agent.use("plan_call", { callee: "+493023125000" });
  const { token } = plan.data.plan;
  const placing = agent.use("place_call", { token });
  const page = await openedPage();
  const secret = page.pathname.slice(1);
  expect(page.hostname).toBe("127.0.0.1");
  expect(secret.length).toBeGreaterThan(40);

  const shown = await send(page, "GET", {});
  expect(shown).toMatchObject({ status: 200 });
  expect(shown.text).toContain("Call: +49 30 23125000 (DE)");
  expect(shown.text).toContain("In the contacts: “Ada Sandbox”");
  expect(sandbox.calls).toEqual([]);

  expect(await send(page, "POST", { origin: page.origin })).toMatchObject({ status: 200 });
  const placed: Answer = await placing;
  expect(placed).toMatchObject({ isError: false, data: { yesBy: "page" } });
  expect(sandbox.calls).toHaveLength(1);
  expect(JSON.stringify([plan, placed])).not.toContain(secret);
  const log = readFileSync(join(settings.XDG_STATE_HOME ?? "", "sipgate-call/agents/log.jsonl"), "utf8");
  const steps = log
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).step);
  expect(steps).toEqual(["planned", "asked", "yes"]);
  // The button works once: the page is gone.
  await expect(send(page, "POST", { origin: page.origin })).rejects.toThrow();
});

it("stands in no argument of a program: the browser gets a private file, which is gone once the page is seen", async () => {
  const { token } = (await agent.use("plan_call", { callee: "+493023125000" })).data.plan;
  const placing = agent.use("place_call", { token });
  const page = await openedPage();
  const file = new URL(readFileSync(noted, "utf8"));
  expect(file.href).not.toContain(page.pathname.slice(1));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(new URL(".", file)).mode & 0o777).toBe(0o700);
  await send(page, "GET", {});
  expect(existsSync(file)).toBe(false);
  await send(new URL(`${page.pathname}/no`, page), "POST", { origin: page.origin });
  await placing;
});

it("is shown one at a time", async () => {
  const [token, other] = [
    (await agent.use("plan_call", { callee: "+493023125000" })).data.plan.token,
    (await agent.use("plan_call", { callee: "+493023125001" })).data.plan.token,
  ];
  const placing = agent.use("place_call", { token });
  const page = await openedPage();
  const busy = await agent.use("place_call", { token: other });
  expect(busy).toMatchObject({ isError: false, data: { waitingForYes: true } });
  expect(busy.text).toContain("asked about another plan");
  await send(new URL(`${page.pathname}/no`, page), "POST", { origin: page.origin });
  await placing;
});

it("says which answer counts, if two servers have asked about the same plan", async () => {
  const second = await connect({ env: settings });
  const { token } = (await agent.use("plan_call", { callee: "+493023125000" })).data.plan;
  const placing = agent.use("place_call", { token });
  const page = await openedPage();
  rmSync(noted);
  const placingToo = second.use("place_call", { token });
  const pageToo = await openedPage();
  await send(new URL(`${page.pathname}/no`, page), "POST", { origin: page.origin });
  const late = await send(pageToo, "POST", { origin: pageToo.origin });
  expect(late.text).toContain("You said no to this before");
  expect((await placing).isError).toBe(true);
  expect((await placingToo).isError).toBe(true);
  await second.close();
});

it("can't be shown if the browser can't be started: that is told at once", async () => {
  const lonely = await connect({ env: { ...settings, BROWSER: "/no/such/browser" } });
  const { token } = (await lonely.use("plan_call", { callee: "+493023125000" })).data.plan;
  const refused = await lonely.use("place_call", { token });
  expect(refused.data.error.problems[0]?.code).toBe("nobody-to-ask");
  await lonely.close();
});

it("works in a browser", async () => {
  const { token } = (await agent.use("plan_call", { callee: "+493023125000" })).data.plan;
  const placing = agent.use("place_call", { token });
  await openedPage();
  const browser = await chromium.launch({ executablePath: findChromium() ?? "", args: ["--no-sandbox"] });
  const tab = await browser.newPage();
  await tab.goto(readFileSync(noted, "utf8"));
  await tab.getByRole("button", { name: "Yes, do this" }).click();
  await tab.getByText("You said yes.").waitFor();
  await browser.close();
  expect(await placing).toMatchObject({ isError: false, data: { yesBy: "page" } });
});

it("has a no that is final", async () => {
  const { token } = (await agent.use("plan_call", { callee: "+493023125000" })).data.plan;
  const placing = agent.use("place_call", { token });
  await openedPage();
  const browser = await chromium.launch({ executablePath: findChromium() ?? "", args: ["--no-sandbox"] });
  const tab = await browser.newPage();
  await tab.goto(readFileSync(noted, "utf8"));
  await tab.getByRole("button", { name: "No", exact: true }).click();
  await tab.getByText("You said no.").waitFor();
  await browser.close();
  expect(await placing).toMatchObject({ isError: true, text: expect.stringContaining("didn't say yes") });
  expect((await agent.use("place_call", { token })).isError).toBe(true);
  expect(sandbox.calls).toEqual([]);
});

it("takes no press by another page, without its secret, or by another name of this machine", async () => {
  const { token } = (await agent.use("plan_call", { callee: "+493023125000" })).data.plan;
  const placing = agent.use("place_call", { token });
  const page = await openedPage();
  const { origin, port } = page;
  expect((await send(page, "POST", { origin: "https://evil.example" })).status).toBe(403);
  expect((await send(page, "POST", {})).status).toBe(403);
  expect((await send(page, "POST", { origin: `http://localhost:${port}` })).status).toBe(403);
  expect((await send(page, "POST", { origin, host: `rebound.example:${port}` })).status).toBe(403);
  expect((await send(new URL("/", page), "POST", { origin })).status).toBe(404);
  expect((await send(new URL(`${page.pathname}x`, page), "POST", { origin })).status).toBe(404);
  expect(sandbox.calls).toEqual([]);
  expect((await send(page, "POST", { origin })).status).toBe(200);
  expect((await placing).isError).toBe(false);
});
