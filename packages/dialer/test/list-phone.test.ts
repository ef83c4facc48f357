// A team's list, called from a browser that is the agent's phone: on neo there is no other way.
import type { Browser, Locator } from "playwright-core";
import { openCallLists } from "sipgate-call-lists";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ownBrowser } from "../../../test/shared-browser.js";
import { startDatabases, type TestDatabases } from "../../call-lists/test/database.js";
import { listOf, MORNING, setMoment } from "../../call-lists/test/lists.js";
import type { DialerPage } from "./dialers.js";
import { hears, OTHER, OTHER_TONE, OWN_TONE, PhonePages } from "./phone-pages.js";

let browser: Browser;
let databases: TestDatabases;
beforeAll(async () => {
  [browser, databases] = await Promise.all([ownBrowser("sound"), startDatabases()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await databases.close();
});

/** The action takes no press for a moment after it has changed: it's pressed until something comes of it. */
async function pressUntil({ page }: DialerPage, action: string, there: Locator): Promise<void> {
  const button = page.getByRole("button", { name: action, exact: true });
  const press = async () => {
    if ((await there.count()) === 0) await button.click({ timeout: 5_000 }).catch(() => {});
    return there.count();
  };
  await expect.poll(press, { timeout: 40_000, interval: 700 }).toBe(1);
}

it("on neo, an agent calls a contact once the browser is the phone, and both hear each other", async () => {
  const url = databases.newDatabase();
  const database = databases.open(url);
  await setMoment(database, MORNING);
  await listOf(database, "spring", [{ number: OTHER, name: "Ada Example" }]);
  const pages = await PhonePages.open(browser, { platform: "neo", lists: await openCallLists(url) });
  const mine = await pages.own();
  const other = await pages.other();
  await mine.page.getByRole("link", { name: "Lists" }).click();
  await mine.page.getByLabel("List", { exact: true }).selectOption("spring");
  await mine.page.getByLabel("Your name").fill("Anna");

  await pressUntil(mine, "Show the first contact", mine.page.getByRole("heading", { name: "Ada Example" }));

  const answer = other.getByRole("button", { name: "Answer" });
  await pressUntil(mine, "Call Ada Example", answer);
  await answer.click();
  await mine.says("Connected with Ada Example");
  await hears(mine.page, OTHER_TONE);
  await hears(other, OWN_TONE);
  await mine.button("Hang up").click();
  await mine.page.getByRole("heading", { name: "Ada Example: connected" }).waitFor();
  const attempts = "select state, cause from sipgate_call.attempt";
  await expect.poll(() => database.query(attempts)).toEqual([{ state: "ended", cause: "completed" }]);
  expect(pages.sandbox.calls).toHaveLength(1);
}, 120_000);
