// The library's build for browsers, in a page of somebody else's, with the sandbox.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { createSandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { sharedBrowser } from "../../../test/shared-browser.js";

const packages = new URL("../../", import.meta.url);
const fileOf = (path: string) => readFileSync(fileURLToPath(new URL(path, packages)));

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser("plain");
}, 60_000);
afterAll(() => browser.close());

/** A site of somebody else's on this machine. @returns its address */
async function serveSite(): Promise<string> {
  const site = createServer(({ url = "/" }, response) => {
    const script = /^\/call\/([\w./-]+\.js)$/.exec(url);
    response.setHeader("content-type", script === null ? "text/html" : "text/javascript");
    response.end(script === null ? "<!doctype html>" : fileOf(`call/dist/${script[1]}`));
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    site.closeAllConnections();
    site.close();
  });
  const address = site.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : ""}/`;
}

it("The library's build for browsers places a call in the sandbox and follows it to its end", async () => {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  const { baseUrl, tokenId, token } = sandbox.classic;
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(await serveSite());
  const cause = await page.evaluate(`(async () => {
    const { createClient } = await import("/call/index.web.js");
    const client = createClient({
      baseUrl: ${JSON.stringify(baseUrl)},
      credentials: ${JSON.stringify({ tokenId, token })},
      acceptRepeatRisk: true,
    });
    const call = await client.place({ caller: "e0", callee: "+49 30 23125 486" });
    return (await call.outcome()).end.cause;
  })()`);
  expect(cause).toBe("busy");
  expect(sandbox.calls).toHaveLength(1);
}, 30_000);
