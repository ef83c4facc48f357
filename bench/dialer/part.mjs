// The dialer in Chromium: how soon it can be used, rings and talks, and how it scrolls.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startDialer } from "../../packages/dialer/dist/index.js";
import { findChromium } from "../../scripts/setup/chromium.mjs";
import { target } from "../measure.mjs";

const OTHER = "+493023125010";
const PAST_CALLS = 10_000;

export async function run({ quick }) {
  const rounds = quick ? 1 : 10;
  const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-bench-"));
  const dialer = await startDialer({ port: 0, folder });
  const browser = await chromium.launch({
    executablePath: findChromium() ?? "",
    args: [
      "--no-sandbox",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
  try {
    const usable = await opening(browser, dialer, rounds);
    const { rings, audio } = await calling(browser, dialer, rounds);
    const frames = await scrolling(browser, dialer);
    return [
      {
        title: "The dialer in Chromium",
        samples: {
          "first page after the start, until a number can be called": { ms: [usable[0]] },
          "page, until a number can be called": { ms: usable.slice(1) },
          "click on Call, until this browser rings": { ms: rings },
          "click on Answer, until the first sound arrives": { ms: audio },
          [`scrolling ${PAST_CALLS} past calls, from frame to frame`]: { ms: frames },
        },
        targets: [
          target("usable, ms", usable.slice(1), { atMost: 300 }),
          target("click to ring, ms", rings, { atMost: 60 }),
          target("answer to audio, ms", audio, { atMost: 250 }),
          target("frame, ms", frames, { atMost: 17 }),
        ],
      },
    ];
  } finally {
    await browser.close();
    await dialer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const entranceOf = (dialer) =>
  /url=([^"]+)"/.exec(readFileSync(dialer.opener(), "utf8"))?.[1].replaceAll("&amp;", "&") ?? "";

/** Notes when the phones to choose from are there: from then on a number can be called. */
function noteUsable() {
  new MutationObserver(() => {
    if (globalThis.usableAt === undefined && document.querySelector("#phone") !== null)
      globalThis.usableAt = performance.now();
  }).observe(document, { childList: true, subtree: true });
}

async function openPage(context, address) {
  const page = await context.newPage();
  await page.addInitScript(noteUsable);
  await page.goto(address);
  await page.locator("#phone").waitFor();
  return page;
}

/** From the browser's request of the page, one after the other: let in by a code each. */
async function opening(browser, dialer, rounds) {
  const times = [];
  for (let round = 0; round <= rounds; round += 1) {
    const context = await browser.newContext();
    const page = await openPage(context, entranceOf(dialer));
    times.push(await page.evaluate(() => globalThis.usableAt));
    await context.close();
  }
  return times;
}

/** Notes the last click, the INVITE after it, and the first packet of sound. */
function noteCalls() {
  const noted = { clickedAt: 0, rangAt: 0, heardAt: 0 };
  globalThis.noted = noted;
  const onClick = () => Object.assign(noted, { clickedAt: performance.now(), rangAt: 0, heardAt: 0 });
  addEventListener("click", onClick, true);
  globalThis.WebSocket = class extends WebSocket {
    constructor(...values) {
      super(...values);
      this.addEventListener("message", ({ data }) => {
        const text = typeof data === "string" ? data : new TextDecoder().decode(data);
        if (text.startsWith("INVITE ") && noted.rangAt === 0) noted.rangAt = performance.now();
      });
    }
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(settings) {
      super(settings);
      const timer = setInterval(async () => {
        const reports = [...(await this.getStats()).values()];
        const received = reports.find(({ type }) => type === "inbound-rtp")?.packetsReceived ?? 0;
        if (received === 0 || noted.heardAt !== 0) return;
        noted.heardAt = performance.now();
        clearInterval(timer);
      }, 5);
    }
  };
}

async function calling(browser, dialer, rounds) {
  const context = await browser.newContext({ locale: "en-US" });
  await context.addInitScript(noteCalls);
  const mine = await openPage(context, entranceOf(dialer));
  await mine.getByRole("button", { name: "Use this browser as your phone" }).click();
  await mine.locator(".status", { hasText: "ready" }).waitFor();
  const other = await context.newPage();
  await other.goto(`http://127.0.0.1:${dialer.port}/?callee=e7`);
  await other.getByText("waits for a call").waitFor();
  const [rings, audio] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    await mine.locator("#number").fill(OTHER);
    await mine.locator(".main-action[aria-disabled=false]").waitFor();
    await mine.waitForTimeout(700);
    await mine.locator(".main-action").click();
    const answer = other.getByRole("button", { name: "Answer" });
    await answer.waitFor();
    rings.push(await mine.evaluate(() => globalThis.noted.rangAt - globalThis.noted.clickedAt));
    await other.waitForTimeout(700);
    await answer.click();
    await other.waitForFunction(() => globalThis.noted.heardAt > 0);
    audio.push(await other.evaluate(() => globalThis.noted.heardAt - globalThis.noted.clickedAt));
    await mine.locator("#headline", { hasText: "Connected" }).waitFor();
    await mine.waitForTimeout(700);
    await mine.locator(".main-action").click();
    await mine.locator("#headline", { hasText: "The call is over" }).waitFor();
    await mine.waitForTimeout(700);
    await mine.locator(".main-action").click();
  }
  await context.close();
  return { rings, audio };
}

/** A scroll through everything in two seconds: how long each frame takes. */
async function scrolling(browser, dialer) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const past = Array.from({ length: PAST_CALLS }, (_, index) => ({
    callId: `call-${index}`,
    number: `+493023125${String(index % 1_000).padStart(3, "0")}`,
    formatted: `+49 30 23125${String(index % 1_000).padStart(3, "0")}`,
    incoming: false,
    startedAt: new Date(Date.UTC(2026, 0, 5) - index * 600_000).toISOString(),
    end: { cause: index % 2 === 0 ? "busy" : "completed" },
  }));
  await context.route("**/api/history", (route) => route.fulfill({ json: past.slice(0, 200) }));
  await context.route("**/api/whole-history", (route) => route.fulfill({ json: past }));
  const page = await openPage(context, entranceOf(dialer));
  await page.waitForFunction(() => document.querySelector("[aria-setsize='10000']") !== null);
  const frames = await page.evaluate(async () => {
    const rows = document.querySelector(".rows");
    const times = [];
    const start = performance.now();
    let before = start;
    for (;;) {
      const now = await new Promise(requestAnimationFrame);
      times.push(now - before);
      before = now;
      if (now - start > 2_000) return times.slice(2);
      rows.scrollTop = ((rows.scrollHeight - rows.clientHeight) * (now - start)) / 2_000;
    }
  });
  await context.close();
  return frames;
}
