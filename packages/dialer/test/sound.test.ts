// Microphones and loudspeakers of the browser's phone: chosen, plugged, checked, and watched during a call.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownBrowser } from "../../../test/shared-browser.js";
import { violationsIn } from "./axe.js";
import { pressByKey } from "./keyboard.js";
import {
  HEADSET_TONE,
  hears,
  OWN_TONE,
  PhonePages,
  type Plugged,
  plug,
  sinksOf,
  speakWith,
} from "./phone-pages.js";

let browser: Browser;
beforeAll(async () => {
  browser = await ownBrowser("sound");
}, 120_000);
afterAll(() => browser.close());

const SPEAKER: Plugged = { kind: "audiooutput", deviceId: "box", label: "Speaker on the desk" };
const HEADSET: Plugged = { kind: "audioinput", deviceId: "headset", label: "Headset" };

describe("in a call", () => {
  it("another microphone is used as soon as it's chosen, and gives way when it's unplugged", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    await plug(mine.page, [HEADSET]);
    await mine.page.getByLabel("Microphone", { exact: true }).selectOption({ label: "Headset" });
    await hears(other, HEADSET_TONE);
    await plug(mine.page, []);
    await hears(other, OWN_TONE);
    await plug(mine.page, [HEADSET]);
    await hears(other, HEADSET_TONE);
  }, 120_000);

  it("is heard at the chosen loudspeaker, and rings at another", async () => {
    const pages = await PhonePages.open(browser);
    const { mine } = await pages.talking();
    await plug(mine.page, [SPEAKER]);
    await mine.page.getByLabel("Loudspeaker for calls").selectOption({ label: SPEAKER.label });
    await expect.poll(() => sinksOf(mine.page)).toContain("box");
    const before = (await sinksOf(mine.page)).length;
    await mine.page.getByLabel("Loudspeaker for ringing").selectOption({ label: SPEAKER.label });
    await expect.poll(async () => (await sinksOf(mine.page)).length).toBeGreaterThan(before);
  }, 120_000);

  it("says that one is muted and talking, and unmutes", async () => {
    const pages = await PhonePages.open(browser);
    const { mine } = await pages.talking();
    await mine.button("Mute").click();
    await mine.page.getByRole("alert").getByText("You are talking, but muted").waitFor();
    await mine.button("Unmute").click();
    await mine.page.getByText("You are talking, but muted").waitFor({ state: "detached" });
    await expect.poll(() => pages.sandbox.calls[0]?.muted).toBe(false);
  }, 120_000);

  it("says that the microphone is silent, until it isn't", async () => {
    const pages = await PhonePages.open(browser);
    const { mine } = await pages.talking();
    await speakWith(mine.page, 0);
    await mine.page.getByText("Your microphone is silent").waitFor({ timeout: 15_000 });
    await speakWith(mine.page, 1);
    await mine.page.getByText("Your microphone is silent").waitFor({ state: "detached" });
  }, 120_000);
});

describe("the check before a call", () => {
  it("is done by keyboard alone, tells in words what works, and asks whether the loudspeaker was heard", async () => {
    const pages = await PhonePages.open(browser);
    const { page } = await pages.own();
    await pressByKey(page, "Check now");
    await page.getByText("the browser gives the microphone").waitFor();
    await page.getByText("it hears you").waitFor();
    await page.getByText("registered as a phone").waitFor();
    await page.getByText("this browser sends and receives sound").waitFor();
    await pressByKey(page, "Yes, heard");
    await page.getByText("you have heard it").waitFor();
    expect(pages.sandbox.calls).toEqual([]);
    expect(await violationsIn({ page })).toEqual([]);
  }, 120_000);

  it("says so of a microphone that says nothing", async () => {
    const pages = await PhonePages.open(browser);
    const { page } = await pages.own();
    await speakWith(page, 0);
    await page.getByRole("button", { name: "Check now" }).first().click();
    await page.getByText("Microphone: nothing was heard").waitFor({ timeout: 15_000 });
  }, 120_000);

  it.each([
    ["NotAllowedError", "Permission: the browser withholds it", "The microphone is blocked"],
    ["NotFoundError", "Permission: none found", "No microphone found"],
    ["NotReadableError", "Permission: another program has it", "Another program has the microphone"],
  ])(
    "says of %s what to do, and nothing is dialled",
    async (error, result, notice) => {
      const pages = await PhonePages.open(browser);
      const mine = await pages.own();
      await mine.page.evaluate((name) => {
        navigator.permissions.query = () => Promise.reject(new DOMException("", "NotSupportedError"));
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", name));
      }, error);
      await mine.page.getByRole("button", { name: "Check now" }).first().click();
      await mine.page.getByText(result).waitFor();
      await mine.page.getByLabel("Call with").selectOption("e0");
      await mine.field.fill("+493023125001");
      await mine.page.locator(".main-action[aria-disabled=false]").waitFor();
      await mine.field.press("Enter");
      await mine.page.getByRole("alert").getByText(notice).waitFor();
      expect(pages.sandbox.calls).toEqual([]);
    },
    60_000,
  );
});
