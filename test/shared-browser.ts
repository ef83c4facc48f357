// Debian's Chromium for all tests that open pages in it: to start one takes more CPU than such a test. There is one of each
// kind. It starts when the first test asks for it, and is stopped after the last one.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserServer, LaunchOptions } from "playwright-core";
import { findChromium } from "../scripts/setup/chromium.mjs";

/**
 * Not loaded: pages of Chromium's own window, which cost as much as the window itself and the page in it. The rest is what
 * Playwright leaves out as well; of two lists the browser takes the last.
 */
const WITHOUT = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "AimEnabled",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
];

// Containers run as root, and Chromium's own sandbox doesn't work there.
const PLAIN = ["--no-sandbox", `--disable-features=${WITHOUT.join()}`];

/** Sound without a microphone, a question or a click. */
export const WITH_SOUND = [
  ...PLAIN,
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];

const KINDS = { plain: PLAIN, sound: WITH_SOUND };
type Kind = keyof typeof KINDS;

const launchOptions = (kind: Kind): LaunchOptions => ({
  executablePath: findChromium() ?? "",
  args: KINDS[kind],
  // Playwright switches the cache of pages off that "back" leads to.
  ignoreDefaultArgs: ["--disable-back-forward-cache"],
});

async function launch(kind: Kind): Promise<BrowserServer> {
  const { chromium } = await import("playwright-core");
  return chromium.launchServer(launchOptions(kind));
}

/** A browser of a file's own: its sound doesn't wait for that of other files. It has to be closed. */
export async function ownBrowser(kind: Kind): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  return chromium.launch(launchOptions(kind));
}

/**
 * A connection to the browser. Contexts are the connection's own, and `close` closes these alone. What is done to the browser
 * as a whole would be done to all.
 */
export async function sharedBrowser(kind: Kind): Promise<Browser> {
  const response = await fetch(`${process.env.SHARED_BROWSER}/${kind}`);
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  const { chromium } = await import("playwright-core");
  return chromium.connect(answer);
}

/** Tests ask `SHARED_BROWSER` for a browser's address. */
export async function setup(): Promise<() => Promise<void>> {
  const browsers = new Map<Kind, Promise<BrowserServer>>();
  const server = createServer(async (request, response) => {
    const kind = request.url === "/plain" ? "plain" : "sound";
    const browser = browsers.get(kind) ?? launch(kind);
    browsers.set(kind, browser);
    try {
      response.end((await browser).wsEndpoint());
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  process.env.SHARED_BROWSER = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async () => {
    server.close();
    for (const browser of browsers.values()) await (await browser.catch(() => undefined))?.close();
  };
}
