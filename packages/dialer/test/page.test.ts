// The page in Chromium, with the sandbox's simulated phones on a clock that the tests move.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { sharedBrowser } from "../../../test/shared-browser.js";
import { violationsIn } from "./axe.js";
import { openPage, passUntil, startTestDialer } from "./dialers.js";
import { tabStops } from "./keyboard.js";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser("plain");
}, 60_000);
afterAll(() => browser.close());

const ANSWERS = "+493023125001";

describe("a call", () => {
  it("is placed by a click, followed, controlled and hung up, and stands in the list afterwards", async () => {
    const test = await startTestDialer();
    const page = await openPage(browser, test.entrance());
    await page.call(ANSWERS);
    await page.says("sipgate accepted the call");
    expect(await page.page.evaluate(() => document.activeElement?.id)).toBe("headline");
    await passUntil(test, page, "Connected with");

    await page.button("Mute").click();
    await expect.poll(() => test.sandbox.calls[0]?.muted).toBe(true);
    await page.page.getByRole("status").getByText("Muted").waitFor();
    await page.page.keyboard.press("m");
    await expect.poll(() => test.sandbox.calls[0]?.muted).toBe(false);
    await page.button("Hold").click();
    await page.says("is on hold");
    await page.page.keyboard.press("h");
    await page.says("Connected with");
    await page.button("Record").click();
    await expect.poll(() => test.sandbox.calls[0]?.recording).toBe(true);

    await page.button("Keypad").click();
    await page.page.keyboard.type("12#");
    await page.button("5").click();
    await expect.poll(() => test.sandbox.calls[0]?.dtmf.join("")).toBe("12#5");
    await page.page.keyboard.press("Escape");

    await page.button("Hang up").click();
    await passUntil(test, page, "The call is over");
    expect(await page.action.innerText()).toBe("Done");
    await test.sandbox.clock.advance(5_000);
    await page.page.getByRole("listitem").filter({ hasText: "connected" }).first().waitFor();
    expect(test.sandbox.calls).toHaveLength(1);
  });

  it("is transferred", async () => {
    const test = await startTestDialer();
    const page = await openPage(browser, test.entrance());
    await page.call(ANSWERS);
    await passUntil(test, page, "Connected with");
    await page.page.keyboard.press("t");
    await page.page.getByLabel("Transfer to").fill("040 66969 000");
    await page.page.getByLabel("Hand over at once").check();
    await page.page.keyboard.press("Enter");
    await expect.poll(() => test.sandbox.calls[0]?.transfers.length).toBe(1);
  });

  it("is transferred after talking to the third party, of whom it's said that nothing is known", async () => {
    const test = await startTestDialer();
    const page = await openPage(browser, test.entrance());
    await page.call(ANSWERS);
    await passUntil(test, page, "Connected with");
    // As fast as somebody types who knows the keys.
    await page.page.keyboard.type("t040 66969 000");
    await page.page.keyboard.press("Enter");
    await page.says("sipgate is to call +494066969000");
    await page.page
      .getByRole("region", { name: "Call" })
      .getByText("waits meanwhile. When you hang up, both should be connected")
      .waitFor();
    await page.page.locator(".legs .third", { hasText: "not known" }).waitFor();
    expect(test.sandbox.calls[0]?.transfers).toMatchObject([
      { attended: true, phoneNumber: "+494066969000" },
    ]);
    expect(await violationsIn(page)).toEqual([]);
    await page.button("Hang up").click();
    await passUntil(test, page, "The call is over");
  });

  it("isn't dialled again by a double click on hanging up, or by Enter held down", async () => {
    const test = await startTestDialer();
    const page = await openPage(browser, test.entrance());
    await page.field.fill(ANSWERS);
    await page.page.locator(".main-action[aria-disabled=false]").waitFor();
    await page.field.press("Enter");
    for (let pressed = 0; pressed < 5; pressed += 1) await page.page.keyboard.press("Enter");
    await page.says("sipgate accepted the call");
    await page.page.clock.runFor(650);
    await page.action.dblclick();
    await passUntil(test, page, "Canceled");
    await page.action.dblclick();
    expect(test.sandbox.calls).toHaveLength(1);
  });
});

/** What each number of the sandbox's table comes to, without pushed events. */
const OUTCOMES: readonly (readonly [digits: string, english: string, german: string])[] = [
  ["005", "The call is over", "Der Anruf ist beendet"],
  ["302", "Forwarded, such as to a mailbox", "Weitergeleitet, etwa an eine Mailbox"],
  ["402", "Not reachable", "Nicht erreichbar"],
  ["403", "Not reachable", "Nicht erreichbar"],
  ["404", "Not reachable", "Nicht erreichbar"],
  ["408", "Not answered", "Nicht abgenommen"],
  ["480", "Not reachable", "Nicht erreichbar"],
  ["486", "Busy", "Besetzt"],
  ["487", "Not answered", "Nicht abgenommen"],
  ["503", "Not reachable", "Nicht erreichbar"],
  ["603", "Rejected", "Abgelehnt"],
];

describe("every outcome of the sandbox's table", () => {
  it("is told in both languages", async () => {
    const test = await startTestDialer();
    const english = await openPage(browser, test.entrance());
    const german = await openPage(browser, test.entrance(), { locale: "de-DE" });
    for (const [digits, inEnglish, inGerman] of OUTCOMES) {
      await english.call(`+493023125${digits}`);
      // Only the end matters, so time passes in long steps.
      await passUntil(test, english, inEnglish, 10_000);
      await german.says(inGerman);
      await Promise.all([english.dismiss(), german.dismiss()]);
    }
  }, 60_000);
});

describe("the number field", () => {
  it("understands what is pasted anywhere, and dials nothing by that", async () => {
    const test = await startTestDialer();
    const { page, field, action } = await openPage(browser, test.entrance());
    const paste = (text: string) =>
      page.evaluate((pasted) => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        const clipboardData = new DataTransfer();
        clipboardData.setData("text", pasted);
        document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
      }, text);
    await paste("Tel.: 030/23125-000 (reception)");
    await page.getByText("Read from “Tel.: 030/23125-000 (reception)”").waitFor();
    await paste("tel:+49-30-23125-000");
    await page.getByText("Germany, landline").waitFor();
    await paste("030 23125-000 / 040 66969-000");
    await page.getByText("These may be two numbers").waitFor();
    expect(await action.getAttribute("aria-disabled")).toBe("true");
    await page.getByRole("button", { name: "+49 40 66969000" }).click();
    expect(await field.inputValue()).toBe("+494066969000");
    await paste("112");
    await page.getByText("No emergency calls here").waitFor();
    expect(test.sandbox.calls).toEqual([]);
  });

  it("finds contacts by name; Enter chooses, and only the next Enter dials", async () => {
    const test = await startTestDialer();
    const { page, field } = await openPage(browser, test.entrance());
    await field.fill("ada");
    await page.getByRole("option").first().waitFor();
    await field.press("Enter");
    await page.getByText("Germany, landline").waitFor();
    expect(test.sandbox.calls).toEqual([]);
    await page.locator(".main-action[aria-disabled=false]").waitFor();
    await field.press("Enter");
    await expect.poll(() => test.sandbox.calls.length).toBe(1);
  });
});

describe("before the click", () => {
  it("the page says what would stop the call, and lets it be tried all the same", async () => {
    const test = await startTestDialer();
    const { page, field, action } = await openPage(browser, test.entrance());
    await page.getByLabel("Call with").selectOption("e1");
    await field.fill(ANSWERS);
    await page.getByText("Unplugged phone is offline: it would not ring.").waitFor();
    expect(await action.getAttribute("aria-disabled")).toBe("true");
    await field.press("Enter");
    expect(test.sandbox.calls).toEqual([]);
    await page.getByRole("button", { name: "Call all the same" }).click();
    await expect.poll(() => test.sandbox.calls.length).toBe(1);
  });

  it("a call that sipgate refuses is said to have dialled nothing", async () => {
    const test = await startTestDialer("classic-without-sessions:calls:write");
    const page = await openPage(browser, test.entrance());
    await page.call(ANSWERS);
    await page.says("Nothing was dialled");
    await page.page.locator("p:not([role])", { hasText: "This sign-in may not do that" }).waitFor();
  });

  it("a call whose answer was lost is said to be unknown", async () => {
    const test = await startTestDialer();
    test.sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls", carriedOut: true });
    const page = await openPage(browser, test.entrance());
    await page.call(ANSWERS);
    await passUntil(test, page, "What became of the call isn’t known");
    expect(await page.button("Call again").count()).toBe(0);
  });
});

describe("a dialer that is restarted in a call", () => {
  it("is taken up by the page, and so is the call, without dialling again", async () => {
    const test = await startTestDialer();
    const page = await openPage(browser, test.entrance());
    await page.call(ANSWERS);
    await passUntil(test, page, "Connected with");
    await test.close();
    await page.page.getByText("The dialer has stopped").waitFor();
    await test.startAgain();
    await page.page.getByText("The dialer has stopped").waitFor({ state: "detached" });
    await page.says("Connected with");
    await page.button("Hang up").click();
    await passUntil(test, page, "The call is over");
    expect(test.sandbox.calls).toHaveLength(1);
  });
});

describe("10,000 past calls", () => {
  it("are searched and scrolled through, and only what is seen is in the document", async () => {
    const test = await startTestDialer();
    const context = await browser.newContext({ locale: "en-US" });
    const page = await context.newPage();
    const past = Array.from({ length: 10_000 }, (_, index) => ({
      callId: `call-${index}`,
      number: `+493023125${String(index % 1_000).padStart(3, "0")}`,
      formatted: `+49 30 23125${String(index % 1_000).padStart(3, "0")}`,
      incoming: false,
      startedAt: new Date(Date.UTC(2026, 0, 5) - index * 600_000).toISOString(),
      end: { cause: index % 2 === 0 ? "busy" : "completed" },
    }));
    await page.route("**/api/history", (route) =>
      route.fulfill({ json: { calls: past.slice(0, 200), isAll: false } }),
    );
    await page.route("**/api/whole-history", (route) =>
      route.fulfill({ json: { calls: past, isAll: true } }),
    );
    await page.goto(test.entrance());
    await page.getByText("10,000 calls").waitFor();
    await page.locator(".rows").evaluate((rows) => {
      rows.scrollTop = rows.scrollHeight;
    });
    await page.locator("[aria-posinset='10000']").waitFor();
    expect(await page.locator(".row-item").count()).toBeLessThan(60);
    await page.getByLabel("Search calls").fill("busy");
    await page.getByText("5,000 calls").waitFor();
    await context.close();
  });
});

describe("a row of past calls", () => {
  it("draws our own phone as answered only if that's known", async () => {
    const test = await startTestDialer();
    const context = await browser.newContext({ locale: "en-US" });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const past = [
      { incoming: false, end: { cause: "completed" }, where: "connected" },
      { incoming: false, end: { cause: "busy" }, where: "somewhere" },
      { incoming: false, end: { cause: "busy", party: "callee" }, where: "their-phone" },
      { incoming: false, end: { cause: "no-answer", party: "caller" }, where: "own-phone" },
      { incoming: true, end: { cause: "no-answer", party: "callee" }, where: "own-phone" },
      { incoming: true, end: { cause: "canceled", party: "caller" }, where: "somewhere" },
    ];
    const calls = past.map((call, index) => ({ callId: `call-${index}`, formatted: "", ...call }));
    const json = { calls, isAll: true };
    await page.route("**/api/history", (route) => route.fulfill({ json }));
    await page.goto(test.entrance());
    const pictures = page.locator("svg.mini");
    await expect.poll(() => pictures.count()).toBe(past.length);
    const drawn = await pictures.evaluateAll((all) => all.map((each) => each.getAttribute("data-where")));
    expect(drawn).toEqual(past.map(({ where }) => where));
    const filled = await pictures.evaluateAll((all) =>
      all.map((each) => each.querySelector("circle")?.classList.contains("full")),
    );
    expect(filled).toEqual([true, false, true, false, false, false]);
  });
});

describe("numbers from outside", () => {
  it("are filled in, in the page that is open, and never dialled", async () => {
    const test = await startTestDialer();
    const { context, field } = await openPage(browser, test.entrance());
    const second = await context.newPage();
    // The tab tries to close itself, which browsers allow some tabs only.
    await second.addInitScript("globalThis.close = () => {}");
    await second.goto(test.entrance("+493023125486"));
    await second.getByText("in the dialer that was already open").waitFor();
    expect(await field.inputValue()).toBe("+493023125486");
    expect(second.url()).not.toContain("code");
    expect(test.sandbox.calls).toEqual([]);
  });
});

describe("the keyboard alone", () => {
  it("reaches everything before and during a call, and only Shift+X ends one", async () => {
    const test = await startTestDialer();
    const dialerPage = await openPage(browser, test.entrance());
    const { page, field } = dialerPage;
    const before = await tabStops(page);
    for (const name of [
      "Skip to the call",
      "Calls",
      "Contacts",
      "Settings",
      "Number or name",
      "Keypad",
      "Call with",
      "They see",
      "Call",
      "Search calls",
    ])
      expect(before).toContain(name);
    // Before any other event comes: nothing of what is typed next gets lost.
    const focused = await page.evaluate(async () => {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
      await new Promise<void>((resolve) => queueMicrotask(resolve));
      return document.activeElement?.id;
    });
    expect(focused).toBe("number");
    await page.keyboard.type("030 23125001");
    await page.locator(".main-action[aria-disabled=false]").waitFor();
    await field.press("Enter");
    await passUntil(test, dialerPage, "Connected with");
    const during = await tabStops(page);
    for (const name of ["Mute", "Hold", "Keypad", "Transfer", "Record", "Note", "Hang up"])
      expect(during).toContain(name);
    for (const key of ["k", "Escape", "t", "Escape", "n", "Escape"]) await page.keyboard.press(key);
    await dialerPage.says("Connected with");
    await page.keyboard.press("Shift+X");
    await passUntil(test, dialerPage, "The call is over");
  });
});

describe("axe", () => {
  it("finds nothing in a wide, light page in German", async () => {
    const test = await startTestDialer();
    const page = await openPage(browser, test.entrance(), { locale: "de-DE" });
    expect(await violationsIn(page)).toEqual([]);
    await page.field.fill("030 23125-000 / 040 66969-000");
    await page.page.locator(".number-field.wrong").waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await page.call(ANSWERS);
    await passUntil(test, page, "Verbunden");
    for (const key of ["n", "k", "t"]) {
      await page.page.keyboard.press(key);
      expect(await violationsIn(page)).toEqual([]);
      await page.page.keyboard.press("Escape");
    }
    await page.page.keyboard.press("Shift+X");
    await passUntil(test, page, "beendet");
    expect(await violationsIn(page)).toEqual([]);
  });

  it("finds nothing in a dark page of 320 px in English", async () => {
    const test = await startTestDialer();
    const options = { viewport: { width: 320, height: 640 }, colorScheme: "dark" as const };
    const page = await openPage(browser, test.entrance(), options);
    await page.field.fill("ada");
    await page.page.getByRole("option").first().waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await page.call("+493023125486");
    expect(await violationsIn(page)).toEqual([]);
    await passUntil(test, page, "Busy");
    await test.sandbox.clock.advance(5_000);
    for (const [view, there] of [
      ["calls", page.page.getByLabel("Search calls")],
      ["contacts", page.page.getByLabel("Search contacts")],
      ["settings", page.page.getByRole("heading", { name: "Settings" })],
    ] as const) {
      await page.page.evaluate((hash) => {
        location.hash = hash;
      }, view);
      await there.waitFor();
      expect(await violationsIn(page)).toEqual([]);
    }
  });
});
