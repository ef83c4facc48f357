// The dialer in Chromium: how soon it can be used, rings and talks, how it scrolls, and how much of it is loaded.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { findChromium } from "../../scripts/setup/chromium.mjs";
import { target } from "../measure.mjs";
import { start } from "../processes.mjs";

const PAGE = fileURLToPath(new URL("../../packages/dialer/dist/page/", import.meta.url));
const OTHER = "+493023125010";
const PAST_CALLS = 10_000;
/** A new window keeps Chromium busy with parts of its own for half a second. */
const SETTLED_MS = 1_000;

export async function run({ quick }) {
  const rounds = quick ? 1 : 10;
  const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-bench-"));
  const browser = await chromium.launch({
    executablePath: findChromium() ?? "",
    args: [
      "--no-sandbox",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
  const startDialer = () => start(new URL("dialer-process.mjs", import.meta.url), folder);
  let dialer = await startDialer();
  try {
    const first = [];
    for (let round = 0; round < Math.ceil(rounds / 2); round += 1) {
      dialer.stop();
      dialer = await startDialer();
      first.push(await opening(browser, dialer));
    }
    const further = [];
    for (let round = 0; round < rounds; round += 1) further.push(await opening(browser, dialer));
    const { rings, audio } = await calling(browser, dialer, rounds);
    const frames = await scrolling(browser, dialer);
    const { first: loadedFirst, all } = sizes();
    return [
      {
        title: "The dialer in Chromium",
        samples: {
          "first page after the start, until a number can be called": { ms: first },
          "page, until a number can be called": { ms: further },
          "click on Call, until this browser rings": { ms: rings },
          "click on Answer, until the first sound arrives": { ms: audio },
          [`scrolling ${PAST_CALLS} past calls, from frame to frame`]: { ms: frames },
          "loaded before it can be used, compressed": { kB: [loadedFirst] },
          "all files, with the phone library and both languages, compressed": { kB: [all] },
        },
        targets: [
          target("usable at first, ms", first, { atMost: 300 }),
          target("usable, ms", further, { atMost: 300 }),
          target("click to ring, ms", rings, { atMost: 60 }),
          target("answer to audio, ms", audio, { atMost: 250 }),
          target("frame, ms", frames, { atMost: 17 }),
          target("loaded before it can be used, kB", [loadedFirst], { atMost: 40 }),
          target("all files, kB", [all], { atMost: 120 }),
        ],
      },
    ];
  } finally {
    await browser.close();
    dialer.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kilobytes. German's words are the longer ones. */
function sizes() {
  const compressed = (name) => gzipSync(readFileSync(join(PAGE, name)), { level: 9 }).length / 1_000;
  const sum = (names) => names.reduce((total, name) => total + compressed(name), 0);
  return {
    first: sum(["index.html", "dialer.css", "icon.svg", "dialer.js", "core.js", "de.js"]),
    all: sum(readdirSync(PAGE)),
  };
}

/** Says when the phones to choose from are there: from then on a number can be called. */
function sayUsable() {
  const observer = new MutationObserver(() => {
    if (document.querySelector("#phone") === null) return;
    observer.disconnect();
    console.log(`usable ${performance.now()}`);
  });
  observer.observe(document, { childList: true, subtree: true });
}

async function openPage(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  await page.locator("#phone").waitFor();
  return page;
}

/** From the browser's request of the page, let in by a code. Nothing that drives the browser runs in the page meanwhile. */
async function opening(browser, dialer) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(sayUsable);
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  const said = page.waitForEvent("console", (message) => message.text().startsWith("usable "));
  await page.goto(await dialer.ask({ name: "entrance" }));
  const text = (await said).text();
  await context.close();
  return Number(text.slice("usable ".length));
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
  const mine = await openPage(context, await dialer.ask({ name: "entrance" }));
  await mine.getByRole("button", { name: "Use this browser as your phone" }).click();
  await mine.locator(".status", { hasText: "ready" }).waitFor();
  const other = await context.newPage();
  await other.goto(`http://127.0.0.1:${dialer.ready.port}/?callee=e7`);
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
  await context.route("**/api/history", (route) =>
    route.fulfill({ json: { calls: past.slice(0, 200), isAll: false } }),
  );
  await context.route("**/api/whole-history", (route) =>
    route.fulfill({ json: { calls: past, isAll: true } }),
  );
  const page = await openPage(context, await dialer.ask({ name: "entrance" }));
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
