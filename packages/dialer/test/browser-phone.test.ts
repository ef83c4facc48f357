// This browser as a phone, and a second page as the other party's: both ring, are answered, and hear each other.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type Dialer, startDialer } from "sipgate-dialer";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { ownBrowser } from "../../../test/shared-browser.js";
import { DialerPage, entranceOf } from "./dialers.js";

const OTHER = "+493023125010";

let browser: Browser;
let dialer: Dialer;
let context: BrowserContext;

beforeAll(async () => {
  browser = await ownBrowser("sound");
}, 60_000);
afterAll(() => browser.close());

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
  dialer = await startDialer({ port: 0, folder });
  context = await browser.newContext({ locale: "en-US" });
  onTestFinished(async () => {
    await context.close();
    await dialer.close();
    rmSync(folder, { recursive: true, force: true });
  });
  // Connections are kept for their statistics: what is heard.
  await context.addInitScript(() => {
    const connections: RTCPeerConnection[] = [];
    Object.assign(globalThis, { connections });
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(settings?: RTCConfiguration) {
        super(settings);
        connections.push(this);
      }
    };
  });
}, 30_000);

/** A dialer whose browser is the phone e0. */
async function openWithPhone(): Promise<DialerPage> {
  const page = await context.newPage();
  await page.goto(entranceOf(dialer));
  await page.getByRole("combobox").first().waitFor();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("This browser is").selectOption("e0");
  await page.getByText("ready", { exact: true }).first().waitFor();
  return new DialerPage(context, page);
}

async function openOther(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${dialer.port}/?callee=e7`);
  await page.getByText("This phone waits for a call").waitFor();
  return page;
}

/** The energy of the sound that this page has received. */
const heard = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] };
    const reports = await Promise.all(connections.map((connection) => connection.getStats()));
    const energies = reports
      .flatMap((report) => [...report.values()])
      .filter(({ type }) => type === "inbound-rtp")
      .map(({ totalAudioEnergy }) => Number(totalAudioEnergy ?? 0));
    return Math.max(0, ...energies);
  });

describe("the browser as a phone", () => {
  it("answers by itself the call that it asked for, and both hear each other", async () => {
    const mine = await openWithPhone();
    const other = await openOther();
    await mine.call(OTHER);
    await other.getByRole("button", { name: "Answer" }).click();
    await mine.says("Connected with");
    await expect.poll(() => heard(mine.page), { timeout: 10_000 }).toBeGreaterThan(0.001);
    await expect.poll(() => heard(other), { timeout: 10_000 }).toBeGreaterThan(0.001);
    await mine.button("Hang up").click();
    await mine.says("The call is over");
    await other.getByText("This phone waits for a call").waitFor();
  }, 120_000);

  it("rings for a call that this page hasn't asked for, and its microphone stays closed", async () => {
    const mine = await openWithPhone();
    const { baseUrl = "", tokenId, token } = dialer.sandbox?.classic ?? {};
    await fetch(`${baseUrl}/sessions/calls`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`${tokenId}:${token}`)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ caller: "e0", callee: OTHER }),
    });
    await mine.page.getByRole("heading", { name: "is calling" }).waitFor();
    expect(await mine.page.title()).toContain("is calling");
    const opened = await mine.page.evaluate(
      () => (globalThis as unknown as { connections: readonly unknown[] }).connections.length,
    );
    expect(opened).toBe(0);
    await mine.button("Decline").click();
    await expect.poll(() => dialer.sandbox?.calls.at(-1)?.end?.cause).toBe("rejected");
  });

  it("is one phone over all tabs, and goes over when its tab is closed", async () => {
    const first = await openWithPhone();
    const second = await context.newPage();
    await second.goto(`http://127.0.0.1:${dialer.port}/`);
    await second.getByText("in another tab").first().waitFor();
    await first.page.close();
    await second.locator(".status", { hasText: "ready" }).waitFor();
  });

  it("keeps its password out of storage and addresses", async () => {
    const { page } = await openWithPhone();
    const kept = await page.evaluate(() =>
      JSON.stringify([localStorage, sessionStorage, location.href, document.cookie]),
    );
    expect(kept).toContain("dialer.browser-device");
    expect(kept).not.toContain("sip-secret");
  });

  it("that gets no microphone dials nothing, and says what to do", async () => {
    await context.addInitScript(() => {
      navigator.permissions.query = () => Promise.reject(new DOMException("", "NotSupportedError"));
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
    });
    const { page, field } = await openWithPhone();
    await page.getByLabel("Call with").selectOption("e0");
    await field.fill(OTHER);
    await page.locator(".main-action[aria-disabled=false]").waitFor();
    await field.press("Enter");
    await page.getByText("The microphone is blocked").waitFor();
    expect(dialer.sandbox?.calls).toEqual([]);
  });

  it("that loses its connection finds it again within 7 seconds", async () => {
    await context.addInitScript(() => {
      const sockets: WebSocket[] = [];
      Object.assign(globalThis, { sockets });
      globalThis.WebSocket = class extends WebSocket {
        constructor(url: string | URL, protocols?: string | string[]) {
          super(url, protocols);
          sockets.push(this);
        }
      };
    });
    const { page } = await openWithPhone();
    // It may be back so soon that nobody who looks now and then sees that it was gone.
    await page.evaluate(() => {
      const { sockets } = globalThis as unknown as { sockets: WebSocket[] };
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      new MutationObserver(() => seen.push(document.querySelector(".status")?.textContent ?? "")).observe(
        document.body,
        { childList: true, subtree: true, characterData: true },
      );
      for (const socket of sockets) socket.close();
    });
    const isBack = () => {
      const { seen } = globalThis as unknown as { seen: string[] };
      const lost = seen.findIndex((text) => text.includes("connecting"));
      return lost >= 0 && seen.slice(lost).some((text) => text.includes("This browser, ready"));
    };
    await page.waitForFunction(isBack, undefined, { timeout: 7_000 });
  });
});
