// A dialer with its sandbox, and pages that it has let in.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { createClient } from "sipgate-call";
import { type Dialer, startDialer } from "sipgate-dialer";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { onTestFinished } from "vitest";
import { findChromium } from "../../../scripts/setup/chromium.mjs";

export function startBrowser(): Promise<Browser> {
  // Containers run as root, and Chromium's own sandbox doesn't work there.
  return chromium.launch({ executablePath: findChromium() ?? "", args: ["--no-sandbox"] });
}

export interface TestDialer {
  readonly dialer: Dialer;
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** The address that the private file sends a browser to. */
  readonly entrance: (number?: string) => string;
}

/** A dialer of an account in a sandbox whose time the test moves. */
export async function startTestDialer(token = "classic", port = 0): Promise<TestDialer> {
  const sandbox = await createSandbox({ clock: "manual" });
  const found = sandbox.accounts.find(({ name }) => name === token);
  if (found === undefined) throw new Error(`There is no account ${token}.`);
  const client = createClient({
    credentials: { tokenId: found.tokenId ?? "", token: found.token },
    baseUrl: sandbox.baseUrl,
    platform: found.platform,
    clock: sandbox.clock,
  });
  const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
  const dialer = await startDialer({ port, folder, profiles: [{ name: token, client }] });
  onTestFinished(async () => {
    await dialer.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { dialer, sandbox, folder, entrance: (number) => entranceOf(dialer, number) };
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
    // The action ignores presses for a moment after it has changed.
    await this.action.click({ delay: 0 });
    while ((await this.headline.count()) === 0) await this.action.click();
  }

  /** Waits until the headline is this. */
  async says(headline: string): Promise<void> {
    await this.page.locator("#headline", { hasText: headline }).waitFor();
  }
}
