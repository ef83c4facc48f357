// A dialer with its sandbox, and pages that it has let in.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { createClient } from "sipgate-call";
import type { CallLists } from "sipgate-call-lists";
import { type Dialer, startDialer } from "sipgate-dialer";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { onTestFinished } from "vitest";

export interface TestDialer {
  readonly dialer: Dialer;
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** The address that the private file sends a browser to. */
  readonly entrance: (number?: string) => string;
  readonly close: () => Promise<void>;
  /** On the same port, as after a restart. */
  readonly startAgain: () => Promise<void>;
}

/**
 * A dialer of an account in a sandbox whose time the test moves.
 *
 * @param lists are closed with it
 */
export async function startTestDialer(token = "classic", lists?: CallLists): Promise<TestDialer> {
  const sandbox = await createSandbox({ clock: "manual" });
  const found = sandbox.accounts.find(({ name }) => name === token);
  if (found === undefined) throw new Error(`There is no account ${token}.`);
  const client = createClient({
    credentials: { tokenId: found.tokenId ?? "", token: found.token },
    baseUrl: sandbox.baseUrl,
    platform: found.platform,
    clock: sandbox.clock,
    idempotencyStore: lists?.idempotencyStore,
  });
  const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
  const profiles = [{ name: token, client }] as const;
  let dialer = await startDialer({ port: 0, folder, profiles, lists });
  const { port } = dialer;
  onTestFinished(async () => {
    await dialer.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    dialer,
    sandbox,
    folder,
    entrance: (number) => entranceOf(dialer, number),
    close: () => dialer.close(),
    async startAgain() {
      dialer = await startDialer({ port, folder, profiles });
    },
  };
}

export function entranceOf(dialer: Dialer, number?: string): string {
  const [, address = ""] = /url=([^"]+)"/.exec(readFileSync(dialer.opener(number), "utf8")) ?? [];
  return address.replaceAll("&amp;", "&");
}

type ContextOptions = Parameters<Browser["newContext"]>[0];

/** A page in a browser of its own, let in. */
export async function openPage(
  browser: Browser,
  entrance: string,
  options: ContextOptions = {},
): Promise<DialerPage> {
  const context = await browser.newContext({ locale: "en-US", ...options });
  onTestFinished(() => context.close());
  // Time of the page that a test lets pass at once.
  await context.clock.install();
  const page = await context.newPage();
  await page.goto(entrance);
  await page.getByRole("timer").or(page.getByRole("combobox").first()).first().waitFor();
  return new DialerPage(context, page);
}

/** What the tests do in a page. */
export class DialerPage {
  readonly context: BrowserContext;
  readonly page: Page;

  constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  get field(): Locator {
    return this.page.locator("#number");
  }

  get action(): Locator {
    return this.page.locator(".main-action");
  }

  get headline(): Locator {
    return this.page.locator("#headline");
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  /** Types a number, waits until it's understood, and clicks. */
  async call(number: string): Promise<void> {
    await this.field.fill(number);
    await this.page.locator(".main-action[aria-disabled=false]").waitFor();
    await this.action.click();
    await this.headline.waitFor();
  }

  /** Is done with a call. The action ignores presses for a moment after it has changed, so that is waited for. */
  async dismiss(): Promise<void> {
    await this.page.clock.runFor(650);
    await this.action.click();
    await this.field.waitFor();
    await this.page.clock.runFor(650);
  }

  /** Waits until the headline is this. */
  async says(headline: string): Promise<void> {
    await this.page.locator("#headline", { hasText: headline }).waitFor();
  }
}

/** Lets the sandbox's time pass until the page says it. */
export async function passUntil(
  { sandbox }: TestDialer,
  page: DialerPage,
  headline: string,
  stepMs = 1_000,
): Promise<void> {
  const said = () => page.headline.textContent().catch(() => "");
  for (let waited = 0; !(await said())?.includes(headline); waited += 1) {
    if (waited > 300) throw new Error(`“${headline}” isn't said, but “${await said()}”.`);
    await sandbox.clock.advance(stepMs);
  }
}
