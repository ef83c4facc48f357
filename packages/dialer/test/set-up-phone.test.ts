// One click makes a phone at sipgate for this browser.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sharedBrowser } from "../../../test/shared-browser.js";
import { openPage, startTestDialer } from "./dialers.js";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser("plain");
}, 60_000);
afterAll(() => browser.close());

it("A click makes a phone for this browser, and chooses it", async () => {
  const test = await startTestDialer();
  const { page } = await openPage(browser, test.entrance());
  await page.getByRole("button", { name: "Settings" }).click();
  const phones = page.getByLabel("This browser is").locator("option");
  await phones.first().waitFor({ state: "attached" });
  const before = await phones.count();
  await page.getByRole("button", { name: "Make a phone for this browser" }).click();
  await expect.poll(() => phones.count()).toBe(before + 1);
  expect(await page.getByLabel("This browser is").inputValue()).toMatch(/^e\d+$/);
  expect(await page.getByLabel("Call with").inputValue()).toBe(
    await page.getByLabel("This browser is").inputValue(),
  );
});

it("Without the scope the page says which one it takes, and where else a phone is made", async () => {
  const test = await startTestDialer("classic-without-devices:write");
  const { page } = await openPage(browser, test.entrance());
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Make a phone for this browser" }).click();
  await page.getByRole("alert").getByText("it lacks the scope devices:write").waitFor();
});
