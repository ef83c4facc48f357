// Makes docs/images/dialer.png, README's picture: the dialer, and beside it the other party's phone that it rings.
//   npm run docs:dialer-picture
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startDialer } from "../packages/dialer/dist/index.js";
import { findChromium } from "./setup/chromium.mjs";

const target = fileURLToPath(new URL("../docs/images/dialer.png", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
const dialer = await startDialer({ port: 0, folder });
const browser = await chromium.launch({
  executablePath: findChromium() ?? "",
  args: ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
});
try {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 860, height: 700 } });
  const page = await context.newPage();
  const [, address] = /url=([^"]+)"/.exec(readFileSync(dialer.opener(), "utf8"));
  await page.goto(address.replaceAll("&amp;", "&"));
  await page.getByRole("button", { name: "Use this browser as your phone" }).click();
  await page.getByText("ready", { exact: true }).first().waitFor();
  const popup = context.waitForEvent("page");
  await page.getByRole("link", { name: "Open the other party’s phone" }).click();
  const other = await popup;
  await other.setViewportSize({ width: 420, height: 700 });
  await other.getByText("This phone waits for a call").waitFor();
  await page.bringToFront();
  await page.locator(".main-action[aria-disabled=false]").waitFor();
  await page.locator(".main-action").click();
  await other.getByRole("button", { name: "Answer" }).waitFor();
  await page.getByText("Your phone has answered").first().waitFor();
  const pictures = await Promise.all([page.screenshot(), other.screenshot()]);
  await besideEachOther(context, pictures, target);
} finally {
  await browser.close();
  await dialer.close();
  rmSync(folder, { recursive: true });
}

/** Puts both windows beside each other. */
async function besideEachOther(context, pictures, path) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1330, height: 740 });
  const images = pictures.map((picture) => `<img src="data:image/png;base64,${picture.toString("base64")}">`);
  const style =
    "body{margin:20px;display:flex;gap:10px;background:#c9d3d0}img{border-radius:8px;box-shadow:0 4px 18px #0003}";
  await page.setContent(`<style>${style}</style>${images.join("")}`);
  await page.screenshot({ path });
}
