import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { DIST, type Runtime } from "./runtimes.js";

const PLACE_AT = fileURLToPath(new URL("place-at.mjs", import.meta.url));

/** A page in Chromium that loads the build for browsers. */
export async function openChromium(executablePath: string, acceptRepeatRisk: boolean): Promise<Runtime> {
  const site = createServer(({ url = "/" }, response) => {
    const isScript = url.endsWith("js");
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    if (url.endsWith("/place-at.mjs")) response.end(readFileSync(PLACE_AT));
    else response.end(isScript ? readFileSync(join(DIST, decodeURI(url))) : "<!doctype html>");
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  // Containers run as root, and Chromium's own sandbox doesn't work there.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  return {
    name: `Chromium ${browser.version().split(".")[0]}${acceptRepeatRisk ? ", risk accepted" : ""}`,
    async place(servers) {
      const inPage = `(async (servers) => {
        const { placeAt } = await import("/place-at.mjs");
        const { createClient } = await import("/index.web.js");
        return placeAt(createClient, servers);
      })(${JSON.stringify(servers.map((server) => ({ ...server, acceptRepeatRisk })))})`;
      return page.evaluate<string[]>(inPage);
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => site.close(resolve));
    },
  };
}
