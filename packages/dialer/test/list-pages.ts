// Pages at a team's call list: real PostgreSQL, the sandbox's phones, and Chromium.
import type { Browser, Locator } from "playwright-core";
import { openCallLists } from "sipgate-call-lists";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { sharedBrowser } from "../../../test/shared-browser.js";
import type { Database } from "../../call-lists/src/database/database.js";
import { emptyDatabase, startDatabases, type TestDatabases } from "../../call-lists/test/database.js";
import { MORNING } from "../../call-lists/test/lists.js";
import { type DialerPage, openPage, startTestDialer, type TestDialer } from "./dialers.js";
import { pressByKey, tabTo } from "./keyboard.js";

export const ADA = { number: "+493023125001", name: "Ada Example" };
export const BEN = { number: "+493023125486", name: "Ben Busy", priority: -1 };

/** Goes to the list and asks for its first contact. */
async function beginWork({ page }: DialerPage): Promise<void> {
  await page.getByRole("link", { name: "Lists" }).click();
  await page.getByLabel("List", { exact: true }).selectOption("spring");
  await page.getByLabel("Your name").fill("Anna");
  await page.getByRole("button", { name: "Show the first contact" }).click();
}

/** A heading of the page. */
export const heading = ({ page }: DialerPage, name: string): Locator => page.getByRole("heading", { name });

/** Clicks on what changes nothing for a moment after it has changed. */
export async function press(page: DialerPage, name: string): Promise<void> {
  await page.button(name).waitFor();
  await page.page.clock.runFor(650);
  await page.button(name).click();
}

/** The page clicks on its list's main action in the moment in which that gets a name. */
export const clickAsSoonAs = ({ page }: DialerPage, name: string): Promise<void> =>
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
export async function passUntil({ sandbox }: TestDialer, there: Locator): Promise<void> {
  for (let waited = 0; (await there.count()) === 0; waited += 1) {
    if (waited > 300) throw new Error(`${there} doesn't come.`);
    await sandbox.clock.advance(1_000);
  }
}

export interface ListScene {
  readonly browser: Browser;
  readonly databases: TestDatabases;
  /** The URL of the database that is emptied before each test. */
  readonly url: string;
  readonly database: Database;
  /** A dialer with the database's lists. */
  startTeamDialer(token?: string): Promise<TestDialer>;
  /** A page at the list, with the first contact before the agent. */
  atWork(options?: { page?: Parameters<typeof openPage>[2]; token?: string }): Promise<AtWork>;
  /** The same, without a mouse. */
  atWorkByKeyboard(): Promise<AtWork>;
  /** What the database has of calls, oldest first. */
  attempts(): Promise<readonly Attempt[]>;
}

export interface AtWork {
  readonly test: TestDialer;
  readonly page: DialerPage;
}

type Attempt = Readonly<Record<"name" | "cause" | "disposition" | "note", string | null>>;

/** A browser and a database for all tests of a file. Before each test it's empty, and a Wednesday's morning. */
export function listScene(): ListScene {
  let browser: Browser;
  let databases: TestDatabases;
  let url: string;
  let database: Database;
  beforeAll(async () => {
    [browser, databases] = await Promise.all([sharedBrowser("plain"), startDatabases()]);
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
  const startTeamDialer = async (token?: string) => startTestDialer(token, await openCallLists(url));
  return {
    get browser() {
      return browser;
    },
    get databases() {
      return databases;
    },
    get url() {
      return url;
    },
    get database() {
      return database;
    },
    startTeamDialer,
    async atWork({ page: options, token } = {}) {
      const test = await startTeamDialer(token);
      const page = await openPage(browser, test.entrance(), options);
      await beginWork(page);
      return { test, page };
    },
    async atWorkByKeyboard() {
      const test = await startTeamDialer();
      const page = await openPage(browser, test.entrance());
      await beginWorkByKeyboard(page);
      return { test, page };
    },
    attempts: () =>
      database.query<Attempt>(
        `select c.name, a.cause, a.disposition, a.note from sipgate_call.attempt a
           join sipgate_call.contact c on c.id = a.contact_id order by a.started_at`,
      ),
  };
}

async function beginWorkByKeyboard({ page }: DialerPage): Promise<void> {
  await pressByKey(page, "Lists");
  await page.getByLabel("List", { exact: true }).waitFor();
  await tabTo(page, "List");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "Your name");
  await page.keyboard.type("Anna");
  await pressByKey(page, "Show the first contact");
}
