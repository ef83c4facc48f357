// A team's call list in the dialer's page: real PostgreSQL, the sandbox's phones, and Chromium.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator } from "playwright-core";
import { openCallLists } from "sipgate-call-lists";
import { createSandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Database } from "../../call-lists/src/database/database.js";
import { addObjection } from "../../call-lists/src/lists/agent-says.js";
import { findList, setListState } from "../../call-lists/src/lists/lists.js";
import { emptyDatabase, startDatabases, type TestDatabases } from "../../call-lists/test/database.js";
import { contactStates, listOf, MORNING } from "../../call-lists/test/lists.js";
import { violationsIn } from "./axe.js";
import { startBrowser } from "./browsers.js";
import { type DialerPage, openPage, startTestDialer, type TestDialer } from "./dialers.js";
import { pressByKey, tabTo } from "./keyboard.js";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));

let browser: Browser;
let databases: TestDatabases;
let url: string;
let database: Database;
beforeAll(async () => {
  [browser, databases] = await Promise.all([startBrowser(), startDatabases()]);
  url = databases.newDatabase();
  database = databases.open(url);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await databases.close();
});
beforeEach(async () => {
  await emptyDatabase(database);
  // The clock of all machines goes on from a Wednesday's morning.
  await database.query(
    `create or replace function sipgate_call.moment() returns timestamptz language sql stable as
     'select timestamptz ''${MORNING}'' + (statement_timestamp() - timestamptz ''${new Date().toISOString()}'')'`,
  );
});

const ADA = { number: "+493023125001", name: "Ada Example" };
const BEN = { number: "+493023125486", name: "Ben Busy", priority: -1 };

const startTeamDialer = async (token?: string) => startTestDialer(token, await openCallLists(url));

interface Options {
  readonly page?: Parameters<typeof openPage>[2];
  readonly token?: string;
}

/** A page at the list, with the first contact before the agent. */
async function atWork({ page: options, token }: Options = {}) {
  const test = await startTeamDialer(token);
  const page = await openPage(browser, test.entrance(), options);
  await beginWork(page);
  return { test, page };
}

async function beginWork({ page }: DialerPage): Promise<void> {
  await page.getByRole("link", { name: "Lists" }).click();
  await page.getByLabel("List", { exact: true }).selectOption("spring");
  await page.getByLabel("Your name").fill("Anna");
  await page.getByRole("button", { name: "Show the first contact" }).click();
}

const heading = ({ page }: DialerPage, name: string): Locator => page.getByRole("heading", { name });

/** Clicks on what changes nothing for a moment after it has changed. */
async function press(page: DialerPage, name: string): Promise<void> {
  await page.button(name).waitFor();
  await page.page.clock.runFor(650);
  await page.button(name).click();
}

/** The page clicks on its list's main action in the moment in which that gets a name. */
const clickAsSoonAs = ({ page }: DialerPage, name: string): Promise<void> =>
  page.evaluate((name) => {
    new MutationObserver((_, observer) => {
      const action = document.querySelector<HTMLElement>(".call-list .main-action");
      if (action?.textContent !== name) return;
      observer.disconnect();
      action.click();
      Object.assign(globalThis, { clicked: true });
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, name);

/** Lets the sandbox's time pass until something is there. */
async function passUntil({ sandbox }: TestDialer, there: Locator): Promise<void> {
  for (let waited = 0; (await there.count()) === 0; waited += 1) {
    if (waited > 300) throw new Error(`${there} doesn't come.`);
    await sandbox.clock.advance(1_000);
  }
}

const attempts = () =>
  database.query<{ name: string; cause: string | null; disposition: string | null; note: string | null }>(
    `select c.name, a.cause, a.disposition, a.note from sipgate_call.attempt a
       join sipgate_call.contact c on c.id = a.contact_id order by a.started_at`,
  );

describe("a morning at a list", () => {
  it("shows a contact, calls it by a click, asks how it was, and shows the next one", async () => {
    await listOf(database, "spring", [ADA, BEN]);
    await database.query(
      `update sipgate_call.contact set company = 'Example Ltd', notes = 'Prefers mornings', extra = '{"Customer": "4711"}'
        where number = $1`,
      [ADA.number],
    );
    const { test, page } = await atWork();
    await heading(page, ADA.name).waitFor();
    for (const text of ["Example Ltd", "Prefers mornings", "Customer", "4711", "none is recorded"])
      await page.page.locator(".call-list").getByText(text, { exact: true }).waitFor();
    expect(test.sandbox.calls).toEqual([]);

    await press(page, `Call ${ADA.name}`);
    await page.says("sipgate accepted the call");
    await passUntil(test, page.page.locator("#headline", { hasText: `Connected with ${ADA.name}` }));
    await page.button("Note").click();
    await page.page.getByLabel("Note on this call").fill("Wants an offer");
    await page.button("Hang up").click();
    await passUntil(test, heading(page, `${ADA.name}: connected`));
    // The list says whether a contact is called again.
    expect(await page.button("Call again").count()).toBe(0);
    await page.page.getByLabel("reached").check();
    expect(await page.page.getByLabel("Note", { exact: true }).inputValue()).toBe("Wants an offer");
    await page.page.clock.runFor(650);
    await clickAsSoonAs(page, `Call ${BEN.name}`);
    await page.button("Save, next contact").dblclick();
    await heading(page, BEN.name).waitFor();
    // The second click of a double click calls nobody, whenever it comes.
    expect(await page.page.evaluate("clicked")).toBe(true);
    expect(await page.headline.count()).toBe(0);
    expect(test.sandbox.calls).toHaveLength(1);

    await press(page, `Call ${BEN.name}`);
    await passUntil(test, heading(page, `${BEN.name}: busy`));
    await press(page, "Next contact");
    await heading(page, "Nobody can be called now").waitFor();
    await page.page.getByText("is shown by itself").waitFor();
    expect(await attempts()).toEqual([
      { name: ADA.name, cause: "completed", disposition: "reached", note: "Wants an offer" },
      { name: BEN.name, cause: "busy", disposition: null, note: null },
    ]);
    expect(test.sandbox.calls).toHaveLength(2);
  }, 60_000);

  it.each([
    ["en-US", "given on Jul 1, 2026, 12:00 PM, by: web form, for: spring"],
    ["de-DE", "vom 01.07.2026, 12:00, per: web form, für: spring"],
  ])("shows when, how, what for and in which words the contact has agreed, in %s", async (locale, text) => {
    await listOf(database, "spring", [ADA]);
    await database.query(
      `insert into sipgate_call.consent (number, number_key, given_at, how, purpose, words)
       select number, number_key, '2026-07-01T10:00:00Z', 'web form', 'spring', 'You may call me.'
         from sipgate_call.contact`,
    );
    const test = await startTeamDialer();
    const page = await openPage(browser, test.entrance(), { locale, timezoneId: "Europe/Berlin" });
    const isGerman = locale === "de-DE";
    await page.page.getByRole("link", { name: isGerman ? "Listen" : "Lists" }).click();
    await page.page.getByLabel(isGerman ? "Liste" : "List", { exact: true }).selectOption("spring");
    await page.page.getByLabel(isGerman ? "Ihr Name" : "Your name").fill("Anna");
    await page.button(isGerman ? "Ersten Kontakt zeigen" : "Show the first contact").click();
    await page.page.getByRole("listitem").filter({ hasText: text }).getByText("You may call me.").waitFor();
  });

  it("gives the next contact by itself when the time to wrap up is over, if nothing is left to say", async () => {
    await listOf(database, "spring", [{ ...BEN, priority: 1 }, ADA], { wrapUpSeconds: 60 });
    const { test, page } = await atWork();
    await press(page, `Call ${BEN.name}`);
    await passUntil(test, heading(page, `${BEN.name}: busy`));
    await page.page.getByText(/The next contact comes in \d+ s/).waitFor();
    expect(await heading(page, ADA.name).count()).toBe(0);
    await page.page.clock.runFor(61_000);
    await heading(page, ADA.name).waitFor();
    expect(test.sandbox.calls).toHaveLength(1);
  }, 60_000);

  it("asks for the time of a call back", async () => {
    await listOf(database, "spring", [ADA]);
    const { test, page } = await atWork();
    await press(page, `Call ${ADA.name}`);
    await passUntil(test, page.page.locator("#headline", { hasText: "Connected with" }));
    await page.button("Hang up").click();
    await passUntil(test, heading(page, `${ADA.name}: connected`));
    await page.page.getByLabel("call back").check();
    await page.page.getByText("Say when they want to be called.").waitFor();
    expect(await page.button("Save, next contact").getAttribute("aria-disabled")).toBe("true");
    await page.page.getByLabel("When? Your time").fill("2026-11-26T10:30");
    await press(page, "Save, next contact");
    await heading(page, "Nobody can be called now").waitFor();
    expect(await contactStates(database)).toMatchObject([
      { state: "waiting", due_at: new Date("2026-11-26T10:30") },
    ]);
  }, 60_000);

  it("gives a contact back when the agent leaves, and puts one that is skipped off", async () => {
    await listOf(database, "spring", [ADA, BEN]);
    const { test, page } = await atWork();
    await heading(page, ADA.name).waitFor();
    await page.button("Skip for 10 minutes").click();
    await heading(page, BEN.name).waitFor();
    await page.button("Leave the list").click();
    await page.button("Show the first contact").waitFor();
    const states = await database.query("select name, lease from sipgate_call.contact order by id");
    expect(states).toEqual([
      { name: ADA.name, lease: null },
      { name: BEN.name, lease: null },
    ]);
    expect(test.sandbox.calls).toEqual([]);
  });
});

describe("nobody is called", () => {
  it("who has said meanwhile that they don't want to be, and the page says why", async () => {
    await listOf(database, "spring", [ADA, BEN]);
    const { test, page } = await atWork();
    await heading(page, ADA.name).waitFor();
    await addObjection(database, ADA.number, "letter");
    await press(page, `Call ${ADA.name}`);
    await page.page.getByText(`${ADA.name} wasn’t called`, { exact: true }).waitFor();
    await page.page.locator(".notice").getByText("They don’t want to be called.").waitFor();
    await page.page.getByText("Time alone doesn’t change that.").waitFor();
    // Nor is it said that a call was placed.
    await page.field.waitFor();
    await press(page, "Next contact");
    await heading(page, BEN.name).waitFor();
    expect(test.sandbox.calls).toEqual([]);
  });

  it("outside the list's hours, and the page says from when on it's allowed", async () => {
    await listOf(database, "spring", [ADA]);
    const { test, page } = await atWork();
    await heading(page, ADA.name).waitFor();
    await database.query(
      `update sipgate_call.list set rules = rules || '{"weekdayHours": ["12:00", "20:00"]}'`,
    );
    await press(page, `Call ${ADA.name}`);
    await page.page
      .locator(".notice")
      .getByText("It’s outside the hours in which the list calls, by their clock.")
      .waitFor();
    await page.page.getByText(/Allowed again from Nov 25, 2026/).waitFor();
    expect(test.sandbox.calls).toEqual([]);
  });

  it("while another agent has paused the list; it goes on when somebody lets it", async () => {
    const { id } = await listOf(database, "spring", [ADA]);
    const { test, page } = await atWork();
    await heading(page, ADA.name).waitFor();
    // The page doesn't hear of it before the click: that itself is refused.
    await page.page.route("**/api/lists", (route) => route.abort());
    await setListState(database, id, "paused");
    await press(page, `Call ${ADA.name}`);
    await page.page.getByText("The list is paused: nobody was dialled.").waitFor();
    await page.page.unroute("**/api/lists");
    await page.page.clock.runFor(6_000);
    await expect.poll(() => page.button(`Call ${ADA.name}`).getAttribute("aria-disabled")).toBe("true");
    expect(test.sandbox.calls).toEqual([]);
    await page.button("Go on for all").click();
    await expect.poll(() => page.button(`Call ${ADA.name}`).getAttribute("aria-disabled")).toBe("false");
    await press(page, `Call ${ADA.name}`);
    await expect.poll(() => test.sandbox.calls.length).toBe(1);
    await page.button("Pause for all").click();
    await expect.poll(async () => (await findList(database, "spring")).state).toBe("paused");
  });

  it("on neo without the browser's own phone, whatever the page asks for", async () => {
    await listOf(database, "spring", [ADA]);
    const test = await startTeamDialer("neo");
    const page = await openPage(browser, test.entrance());
    await page.page.getByRole("link", { name: "Lists" }).click();
    await page.page.getByText("So a list is called only with this browser as the phone").first().waitFor();
    const ask = (path: string, body: object) =>
      page.page.evaluate(
        async ([path, body]) => {
          const headers = {
            "content-type": "application/json",
            "x-dialer-token": localStorage.getItem("dialer.token") ?? "",
          };
          const asked = { method: "POST", headers, body: JSON.stringify(body) };
          return (await fetch(`/api/lists/${path}`, asked)).json();
        },
        [path, body] as const,
      );
    const begin = async (caller: string, isBrowserReady: boolean) => {
      const { desk } = await ask("work", { list: "spring", agent: "Anna", caller, isBrowserReady });
      return desk.at === undefined ? desk.problem?.code : desk.now.kind;
    };
    expect(await begin("e0", false)).toBe("neo");
    // An app and a mobile phone are no browser, and e1 is offline.
    for (const caller of ["a0", "y0", "e1"]) expect(await begin(caller, true)).toBe("neo");
    expect(await begin("e0", true)).toBe("contact");
    // It's judged again at the click.
    const [{ id: contact } = { id: "" }] = await contactStates(database);
    const call = (isBrowserReady: boolean) => ask("call", { id: "order-0001", contact, isBrowserReady });
    expect(await call(false)).toEqual({ isPlaced: false });
    expect(test.sandbox.calls).toEqual([]);
    expect(await call(true)).toEqual({ isPlaced: true });
    expect(test.sandbox.calls).toHaveLength(1);
  });
});

/** As `atWork`, without a mouse. */
async function atWorkByKeyboard() {
  const test = await startTeamDialer();
  const page = await openPage(browser, test.entrance());
  const { keyboard } = page.page;
  await pressByKey(page.page, "Lists");
  await page.page.getByLabel("List", { exact: true }).waitFor();
  await tabTo(page.page, "List");
  await keyboard.press("ArrowDown");
  await tabTo(page.page, "Your name");
  await keyboard.type("Anna");
  await pressByKey(page.page, "Show the first contact");
  return { test, page };
}

describe("the keyboard and the screen reader", () => {
  it("do everything, and are told who comes next, why nobody was called, and to say how it was", async () => {
    await listOf(database, "spring", [ADA, BEN]);
    const { test, page } = await atWorkByKeyboard();
    const told = (text: string) => page.page.getByRole("status").getByText(text).waitFor();
    await told(`${ADA.name}, +49 30 23125001`);
    await page.page.clock.runFor(650);
    await tabTo(page.page, `Call ${ADA.name}`);
    await page.page.keyboard.press("Enter");
    await page.says("sipgate accepted the call");
    // Held down, it hangs nothing up: the headline of the call has the focus.
    expect(await page.page.evaluate(() => document.activeElement?.id)).toBe("headline");
    await passUntil(test, page.page.locator("#headline", { hasText: "Connected with" }));
    await page.page.keyboard.press("Shift+X");
    await passUntil(test, heading(page, `${ADA.name}: connected`));
    await told(`${ADA.name}: connected. How was it?`);
    await tabTo(page.page, "reached");
    await page.page.keyboard.press("ArrowDown");
    await page.page.keyboard.press("Space");
    await tabTo(page.page, "Note");
    await page.page.keyboard.type("x, h, k");
    await page.page.clock.runFor(650);
    await tabTo(page.page, "Save, next contact");
    await page.page.keyboard.press("Enter");
    await told(`${BEN.name}, +49 30 23125486`);
    await addObjection(database, BEN.number, "letter");
    await page.page.clock.runFor(650);
    await page.page.keyboard.press("Enter");
    await told(`${BEN.name} wasn’t called. They don’t want to be called.`);
    expect(await attempts()).toMatchObject([{ name: ADA.name, note: "x, h, k" }]);
  }, 60_000);

  it("pause the list, put a contact off, decide what became of a call, and leave", async () => {
    await listOf(database, "spring", [ADA, BEN]);
    const { test, page } = await atWorkByKeyboard();
    const state = async () => (await findList(database, "spring")).state;
    await heading(page, ADA.name).waitFor();
    await pressByKey(page.page, "Pause for all");
    await expect.poll(state).toBe("paused");
    await pressByKey(page.page, "Go on for all");
    await expect.poll(state).toBe("running");
    await pressByKey(page.page, "Skip for 10 minutes");
    await heading(page, BEN.name).waitFor();
    test.sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls", carriedOut: true });
    await page.page.clock.runFor(650);
    await pressByKey(page.page, `Call ${BEN.name}`);
    await passUntil(test, heading(page, `${BEN.name}: What became`));
    await page.page.clock.runFor(650);
    await pressByKey(page.page, "Next contact");
    await pressByKey(page.page, "Was reached");
    await expect
      .poll(async () => (await contactStates(database)).map((each) => each.state))
      .toContain("done");
    await pressByKey(page.page, "Leave the list");
    await page.button("Show the first contact").waitFor();
  }, 60_000);

  it("find nothing that axe would mind, wide and light or narrow and dark, in all states", async () => {
    const narrow = { viewport: { width: 320, height: 640 }, colorScheme: "dark" as const };
    for (const options of [{}, narrow]) {
      await emptyDatabase(database);
      await listOf(database, "spring", [ADA, BEN]);
      await database.query(`update sipgate_call.contact set notes = 'Note', extra = '{"Customer": "4711"}'`);
      const { test, page } = await atWork({ page: options });
      const axe = async (state: string) => expect([state, await violationsIn(page)]).toEqual([state, []]);
      await heading(page, ADA.name).waitFor();
      await axe("contact");
      await press(page, `Call ${ADA.name}`);
      await page.page.getByText("you are asked here").waitFor();
      await axe("calling");
      await expect
        .poll(() => test.sandbox.clock.advance(1_000).then(() => test.sandbox.calls[0]?.state))
        .toBe("connected");
      await page.button("Hang up").or(page.button("Cancel the call")).click();
      await passUntil(test, heading(page, `${ADA.name}: connected`));
      await page.page.getByLabel("call back").check();
      await axe("over");
      await page.page.getByLabel("When? Your time").fill("2026-11-26T10:30");
      await press(page, "Save, next contact");
      await heading(page, BEN.name).waitFor();
      test.sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls", carriedOut: true });
      await press(page, `Call ${BEN.name}`);
      await passUntil(test, heading(page, `${BEN.name}: What became`));
      await press(page, "Next contact");
      await page.page.getByText("Not known what became of the call: 1").waitFor();
      await axe("nobody, and one unknown");
      await page.button("Stop for all").click();
      await page.button("Leave the list").click();
      await page.page.getByLabel("Your name").waitFor();
      await axe("begin");
    }
  }, 90_000);
});

describe("a page without lists", () => {
  /** Whether a dialer that is started by its command shows them. */
  async function showsLists(main: string, env: Readonly<Record<string, string>>): Promise<boolean> {
    const sandbox = await createSandbox();
    const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
    const { baseUrl, tokenId, token } = sandbox.classic;
    const child = spawn(process.execPath, [main, "--port", "0", "--no-browser"], {
      env: {
        PATH: process.env.PATH,
        XDG_STATE_HOME: folder,
        SIPGATE_BASE_URL: baseUrl,
        SIPGATE_TOKEN_ID: tokenId,
        SIPGATE_TOKEN: token,
        ...env,
      },
    });
    onTestFinished(async () => {
      child.kill();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    });
    let said = "";
    for await (const chunk of child.stdout) {
      said += String(chunk);
      const [, file] = /Open this file in your browser: (.+)\n/.exec(said) ?? [];
      if (file === undefined) continue;
      const [, address = ""] = /url=([^"]+)"/.exec(readFileSync(file, "utf8")) ?? [];
      const { page } = await openPage(browser, address.replaceAll("&amp;", "&"));
      // What says whether there are any comes first of all events: when it's here, the page has had it before.
      await page.evaluate(async () => {
        const headers = { "x-dialer-token": localStorage.getItem("dialer.token") ?? "" };
        const { body } = await fetch("/api/events", { headers });
        await body?.getReader().read();
      });
      return (await page.getByRole("link", { name: "Lists" }).count()) > 0;
    }
    throw new Error("The dialer has ended.");
  }

  it("is one without the variable, without the package, or without tables; the dialer starts all the same", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(DIST, folder, { recursive: true });
    const main = join(DIST, "main.cjs");
    expect(await showsLists(main, { SIPGATE_DATABASE_URL: url })).toBe(true);
    expect(await showsLists(main, {})).toBe(false);
    expect(await showsLists(join(folder, "main.cjs"), { SIPGATE_DATABASE_URL: url })).toBe(false);
    const empty = databases.newEmptyDatabase();
    expect(await showsLists(main, { SIPGATE_DATABASE_URL: empty })).toBe(false);
  }, 60_000);
});

describe("a contact of whom it isn't known whether they were reached", () => {
  it("isn't called again by itself, and somebody decides", async () => {
    await listOf(database, "spring", [ADA]);
    const { test, page } = await atWork();
    await heading(page, ADA.name).waitFor();
    test.sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls", carriedOut: true });
    await press(page, `Call ${ADA.name}`);
    await passUntil(test, heading(page, `${ADA.name}: What became of the call isn’t known`));
    await press(page, "Next contact");
    await page.page.getByText("Not known what became of the call: 1").waitFor();
    expect(await contactStates(database)).toMatchObject([{ state: "unknown" }]);
    await page.button("Was reached").click();
    await expect.poll(async () => (await contactStates(database))[0]?.state).toBe("done");
    expect(test.sandbox.calls).toHaveLength(1);
  }, 60_000);
});
