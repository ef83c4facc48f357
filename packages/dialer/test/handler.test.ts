// What opens tel: links: the system's handler, and the element for other pages. Neither dials.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { sharedBrowser } from "../../../test/shared-browser.js";
import { startTestDialer } from "./dialers.js";

const COMMAND = fileURLToPath(new URL("../dist/main.cjs", import.meta.url));

it.runIf(process.platform === "linux")("the handler of tel: links is installed and taken back", () => {
  const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder };
  const run = (option: string) =>
    execFileSync(process.execPath, ["--", COMMAND, option], { env, encoding: "utf8" });
  const file = join(folder, "applications", "sipgate-dialer.desktop");
  run("--install-handler");
  expect(readFileSync(file, "utf8")).toContain(`Exec="${process.execPath}" -- "${COMMAND}" %u\n`);
  run("--uninstall-handler");
  expect(existsSync(file)).toBe(false);
});

it("an element of another page hands its number to the dialer, which dials nothing", async () => {
  const test = await startTestDialer();
  const browser = await sharedBrowser("plain");
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ locale: "en-US" });
  const own = await context.newPage();
  await own.goto(test.entrance());
  await own.locator("#number").waitFor();
  await own.close();
  const page = await context.newPage();
  await page.setContent(
    `<dialer-call number="+49 30 23125 486" dialer="http://127.0.0.1:${test.dialer.port}">Ring them</dialer-call>`,
  );
  const code = readFileSync(new URL("../dist/dialer-call.js", import.meta.url), "utf8");
  await page.addScriptTag({ content: code, type: "module" });
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Ring them" }).click();
  await expect.poll(async () => (await opened).locator("#number").inputValue()).toBe("+49 30 23125 486");
  expect(test.sandbox.calls).toEqual([]);
});
