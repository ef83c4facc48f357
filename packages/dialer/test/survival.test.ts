// A call on the browser's phone goes on, whatever happens to page, network and dialer.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownBrowser } from "../../../test/shared-browser.js";
import {
  cutAndStop,
  cutSockets,
  deadenSockets,
  hears,
  iceNameOf,
  OTHER_TONE,
  OWN_TONE,
  PhonePages,
} from "./phone-pages.js";

let browser: Browser;
beforeAll(async () => {
  browser = await ownBrowser("sound");
}, 120_000);
afterAll(() => browser.close());

describe("a call on this browser survives", () => {
  it("a reload of its page", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    const kept = await mine.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(kept).toContain("sipCallId");
    expect(kept).not.toContain("sip-secret");
    await mine.page.reload();
    await mine.says("Connected with");
    await hears(mine.page, OTHER_TONE);
    await hears(other, OWN_TONE);
    expect(pages.sandbox.calls).toHaveLength(1);
    await mine.button("Hang up").click();
    await mine.says("The call is over");
    await other.getByText("This phone waits for a call").waitFor();
  }, 120_000);

  it("two reloads, of the other party's page as well", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    for (const page of [mine.page, other, mine.page]) {
      await page.reload();
      await hears(other, OWN_TONE);
      await hears(mine.page, OTHER_TONE);
    }
    await other.getByRole("button", { name: "Hang up" }).click();
    await mine.says("The call is over");
  }, 120_000);

  it("the loss of its socket: back within 7 seconds, with sound all the time", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    const before = await iceNameOf(mine.page);
    await cutSockets(mine.page);
    await expect.poll(() => iceNameOf(mine.page), { timeout: 7_000 }).not.toBe(before);
    await mine.says("Connected with");
    await hears(mine.page, OTHER_TONE, 3_000);
    await hears(other, OWN_TONE, 3_000);
    await mine.button("Hang up").click();
    await mine.says("The call is over");
  }, 120_000);

  it("another network, as the browser tells of one: sound is back within 3 seconds", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    const before = await iceNameOf(mine.page);
    await pages.context.setOffline(true);
    await expect.poll(() => mine.page.evaluate(() => navigator.onLine)).toBe(false);
    await pages.context.setOffline(false);
    await expect.poll(() => iceNameOf(mine.page), { timeout: 3_000 }).not.toBe(before);
    await hears(mine.page, OTHER_TONE, 3_000);
    await hears(other, OWN_TONE, 3_000);
  }, 120_000);

  it("its tab being closed, if there is another one", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    const second = await pages.context.newPage();
    await second.goto(`http://127.0.0.1:${pages.port}/`);
    await second.getByText("in another tab").first().waitFor();
    await second.locator("#headline", { hasText: "Connected with" }).waitFor();
    await mine.page.close();
    await hears(second, OTHER_TONE);
    await hears(other, OWN_TONE);
    await second.getByRole("button", { name: "Hang up" }).click();
    await other.getByText("This phone waits for a call").waitFor();
  }, 120_000);

  it("its page being left, frozen in the browser's cache of pages, and come back to", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    await mine.page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      for (const name of ["freeze", "resume"]) document.addEventListener(name, () => seen.push(name));
      addEventListener("pageshow", ({ persisted }) => seen.push(persisted ? "restored" : "loaded"));
    });
    await mine.page.goto("about:blank");
    // Playwright's own way back waits for the page to be loaded, which a restored one never is.
    await mine.page.evaluate(() => history.back()).catch(() => {});
    await mine.says("Connected with");
    expect(await mine.page.evaluate("seen")).toEqual(["freeze", "resume", "restored"]);
    await hears(mine.page, OTHER_TONE);
    await hears(other, OWN_TONE);
    expect(pages.sandbox.calls).toHaveLength(1);
  }, 120_000);

  it("its page standing still when the socket is lost", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    const before = await iceNameOf(mine.page);
    const debug = await pages.context.newCDPSession(mine.page);
    await debug.send("Debugger.enable");
    const paused = new Promise((resolve) => debug.once("Debugger.paused", resolve));
    const cut = cutAndStop(mine.page);
    await paused;
    // Meanwhile its audio goes on, which isn't the page's doing.
    await hears(other, OWN_TONE);
    await debug.send("Debugger.resume");
    await cut;
    await expect.poll(() => iceNameOf(mine.page), { timeout: 7_000 }).not.toBe(before);
    await hears(mine.page, OTHER_TONE, 3_000);
    await hears(other, OWN_TONE, 3_000);
  }, 120_000);

  it("an hour of sleep", async () => {
    const pages = await PhonePages.open(browser);
    await pages.context.clock.install();
    const { mine, other } = await pages.talking();
    const before = await iceNameOf(mine.page);
    await deadenSockets(mine.page);
    await mine.page.clock.fastForward("01:00:00");
    await expect.poll(() => iceNameOf(mine.page), { timeout: 7_000 }).not.toBe(before);
    await mine.says("Connected with");
    await hears(mine.page, OTHER_TONE, 3_000);
    await hears(other, OWN_TONE, 3_000);
    await mine.button("Hang up").click();
    await mine.says("The call is over");
  }, 120_000);

  it("the end and the restart of the dialer's program", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    await pages.closeDialer();
    await mine.page.getByText("The dialer has stopped").waitFor();
    await hears(mine.page, OTHER_TONE);
    await pages.startDialerAgain();
    await mine.page.getByText("The dialer has stopped").waitFor({ state: "detached" });
    await mine.says("Connected with");
    await hears(other, OWN_TONE);
    await mine.button("Hang up").click();
    await mine.says("The call is over");
    expect(pages.sandbox.calls).toHaveLength(1);
  }, 120_000);

  it("being fetched by another tab, and back when that is closed", async () => {
    const pages = await PhonePages.open(browser);
    const { mine, other } = await pages.talking();
    const second = await pages.context.newPage();
    await second.goto(`http://127.0.0.1:${pages.port}/#settings`);
    await second.getByRole("button", { name: "Bring it here" }).click();
    await hears(second, OTHER_TONE);
    await hears(other, OWN_TONE);
    await mine.page.locator(".status", { hasText: "in another tab" }).waitFor();
    await second.close();
    await hears(mine.page, OTHER_TONE);
    await hears(other, OWN_TONE);
  }, 120_000);
});
