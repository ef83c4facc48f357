// One Chromium for all tests that open pages in it: to start one takes more CPU than such a test. It starts when the first
// test asks for it, and is stopped after the last one.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserServer } from "playwright-core";
import { findChromium } from "../scripts/setup/chromium.mjs";

/** Sound without a microphone, a question or a click. */
export const WITH_SOUND = [
  "--no-sandbox",
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];

async function launch(): Promise<BrowserServer> {
  const { chromium } = await import("playwright-core");
  return chromium.launchServer({ executablePath: findChromium() ?? "", args: WITH_SOUND });
}

/** Tests ask `SHARED_BROWSER` for the browser's address. */
export async function setup(): Promise<() => Promise<void>> {
  let browser: Promise<BrowserServer> | undefined;
  const server = createServer(async (_request, response) => {
    browser ??= launch();
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
    await (await browser?.catch(() => undefined))?.close();
  };
}
