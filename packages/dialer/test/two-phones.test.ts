// Two phones in browsers, and a third: tones that are heard, keys, hold, both kinds of transfer, a second call.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownBrowser } from "../../../test/shared-browser.js";
import { violationsIn } from "./axe.js";
import { pressByKey } from "./keyboard.js";
import {
  hears,
  hearsNothing,
  OTHER,
  OTHER_TONE,
  OWN_TONE,
  PhonePages,
  THIRD,
  THIRD_TONE,
} from "./phone-pages.js";

let browser: Browser;
beforeAll(async () => {
  browser = await ownBrowser("sound");
}, 120_000);
afterAll(() => browser.close());

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const says = (page: Page, headline: string) => page.locator("#headline", { hasText: headline }).waitFor();

/** Opens the keypad, and waits until keys go to it. */
async function openKeypad(page: Page): Promise<void> {
  await press(page, "Keypad");
  await page.locator(".sent:focus").waitFor();
}

/** Hertz: the tone for who waits. */
const WAITING_TONE = 523;

describe("two phones in browsers", () => {
  it("send tones of keys, hold, mute, and stand in the list afterwards", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    await openKeypad(mine.page);
    await mine.page.keyboard.type("12#");
    await expect.poll(() => pages.sandbox.calls[0]?.dtmf.join("")).toBe("12#");
    await mine.page.keyboard.press("Escape");
    await openKeypad(other);
    await other.keyboard.type("9");
    await expect.poll(() => pages.sandbox.calls[0]?.legs[1]?.pressed.join("")).toBe("9");
    await other.keyboard.press("Escape");

    await press(mine.page, "Hold");
    await hears(other, WAITING_TONE);
    await press(mine.page, "Hold");
    await hears(other, OWN_TONE);
    await press(other, "Hold");
    await hears(mine.page, WAITING_TONE);
    await press(other, "Hold");
    await hears(mine.page, OTHER_TONE);

    await press(other, "Mute");
    await hearsNothing(mine.page);
    await other.getByRole("alert").getByText("You are talking, but muted").waitFor();
    await press(other, "Unmute");
    await hears(mine.page, OTHER_TONE);

    await press(other, "Hang up");
    await mine.says("The call is over");
    await mine.page.getByRole("link", { name: "Calls" }).click();
    await mine.page
      .getByRole("listitem")
      .filter({ hasText: "connected" })
      .first()
      .waitFor({ timeout: 10_000 });
  }, 120_000);

  it("transfer blindly: the other two hear each other", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    const third = await pages.third();
    await press(other, "Transfer");
    await other.getByLabel("Transfer to").fill(THIRD);
    await other.getByLabel("Hand over at once").check();
    await other.keyboard.press("Enter");
    await press(third, "Answer");
    await hears(mine.page, THIRD_TONE);
    await hears(third, OWN_TONE);
    await says(other, "This phone waits for a call");
  }, 120_000);

  it("transfer after talking to the third party by keyboard alone, and the picture shows all three", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    const third = await pages.third();
    // As fast as somebody types who knows the keys.
    await other.keyboard.type(`t${THIRD}`);
    await other.keyboard.press("Enter");
    await other.locator(".legs .third", { hasText: "being called" }).waitFor();
    await press(third, "Answer");
    await other.locator(".legs .third", { hasText: "on hold" }).waitFor();
    await hears(other, THIRD_TONE);
    await hears(third, OTHER_TONE);
    await hears(mine.page, WAITING_TONE);
    await pressByKey(other, "Connect both");
    await hears(mine.page, THIRD_TONE);
    await hears(third, OWN_TONE);
    await says(other, "This phone waits for a call");
  }, 120_000);

  it("take a second call that comes in by keyboard alone, swap, and go on with the first", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    await pages.place("e7", "+493023125001");
    await other.getByRole("alert").getByText("is calling as well").waitFor();
    await other.keyboard.press("a");
    await hears(mine.page, WAITING_TONE);
    await other.getByText("is waiting").first().waitFor();
    expect(await violationsIn({ page: other })).toEqual([]);
    await pressByKey(other, "Swap");
    await hears(mine.page, OTHER_TONE);
    await hears(other, OWN_TONE);
    expect(await other.getByText("is waiting").count()).toBe(1);
    await other.keyboard.press("Shift+X");
    await pressByKey(other, "Go on talking", "Space");
    await says(other, "Connected with");
    await other.getByText("is waiting").waitFor({ state: "detached" });
  }, 120_000);

  it("decline a second call, and the first goes on", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    await pages.place("e0", OTHER);
    await mine.page.getByRole("alert").getByText("is calling as well").waitFor();
    for (const width of [1_280, 320]) {
      await mine.page.setViewportSize({ width, height: 640 });
      // The layout is the styles' and the page's: this link is there in narrow windows alone.
      const narrow = mine.page.getByRole("link", { name: "Dial" });
      await narrow.waitFor({ state: width < 720 ? "visible" : "detached" });
      expect(await violationsIn(mine)).toEqual([]);
    }
    await mine.page.evaluate(() => {
      location.hash = "settings";
    });
    expect(await violationsIn(mine)).toEqual([]);
    await mine.page.evaluate(() => {
      location.hash = "dial";
    });
    await press(mine.page, "Decline");
    await expect.poll(() => pages.sandbox.calls.at(-1)?.end?.cause).toBe("rejected");
    await hears(mine.page, OTHER_TONE);
    await hears(other, OWN_TONE);
  }, 120_000);
});
