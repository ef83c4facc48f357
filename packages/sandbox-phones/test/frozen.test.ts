// Browsers that stand still: stopped processes, a frozen page.
import type { Browser } from "playwright-core";
import { expect, it, onTestFinished, vi } from "vitest";
import { BrowserPhone, startBrowser, useBrowser, useBrowserOf } from "./browser-phone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { until } from "./until.js";

/** What WebSockets are asked every 10 s, and must have answered 10 s later. */
const PING_MS = 10_000;

/** Its own: others would stand still, too. */
const browser = useBrowserOf(startBrowser);
const otherBrowser = useBrowser();

/** Sends a signal to the browser's processes of some kinds. @returns wakes them up again */
async function stopProcesses(browser: Browser, kinds: (type: string) => boolean): Promise<() => void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pids = processInfo.filter(({ type }) => kinds(type)).map(({ id }) => id);
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  let isStopped = true;
  const wake = () => {
    if (isStopped) for (const pid of pids) process.kill(pid, "SIGCONT");
    isStopped = false;
  };
  onTestFinished(wake);
  return wake;
}

async function talking(phones: PhoneSandbox, phone: BrowserPhone): Promise<string> {
  const id = await phones.place("e0", berlin("002"));
  await phone.state("ringing");
  await phone.do("answer");
  await phones.state("connected", id);
  await phone.hears(700); // The echo.
  return id;
}

it("A browser whose page stands still in a call says nothing any more: the call ends after five seconds", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  const id = await talking(phones, phone);
  const wake = await stopProcesses(browser(), (type) => type === "renderer");
  const stoppedAt = performance.now();
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "network", cause: "completed" });
  expect(performance.now() - stoppedAt).toBeGreaterThan(4_000);
  wake();
  await phone.state("ended"); // Our BYE has waited for it.
});

it("A browser that stands still as a whole is offline when it hasn't answered a ping, and another one isn't", async () => {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const phones = await PhoneSandbox.start();
  await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  const other = await BrowserPhone.register(otherBrowser(), await phones.account("e3"), 700);
  await stopProcesses(browser(), () => true);
  await vi.advanceTimersByTimeAsync(PING_MS);
  await other.do("ask"); // Its pong is here before its request.
  expect((await phones.device("e0")).registered[0]?.ip).toBe("127.0.0.1");
  await vi.advanceTimersByTimeAsync(PING_MS);
  await phones.online("e0", 0);
  await phones.online("e3", 1);
});

it("A page that Chromium has frozen goes on talking, and rings: its connections don't stand still", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  const id = await talking(phones, phone);
  const session = await phone.page.context().newCDPSession(phone.page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  const received = async () => /<td>WebRTC<\/td><td[^>]*>(\d+)/.exec(await phones.page(id))?.[1];
  const before = await received();
  await until(
    async () => (await received()) !== before,
    () => "further audio",
  );
  await phones.api("DELETE", `/calls/${id}`);
  await phones.state("caller-ringing", await phones.place("e0", berlin("002")));
});
