// A phone in a browser: JsSIP in Chromium, in a page of this machine.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { findChromium } from "../../../scripts/setup/chromium.mjs";
import { sharedBrowser, WITH_SOUND } from "../../../test/shared-browser.js";
import type { PhoneAccount } from "./baresip.js";
import { until } from "./until.js";

export interface BrowserAccount extends PhoneAccount {
  readonly sipServerWebsocketUrl: string;
}

let script: Promise<string> | undefined;

/** The page's script, bundled once. */
function pageScript(): Promise<string> {
  script ??= build({
    entryPoints: [fileURLToPath(new URL("browser-page.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? "");
  return script;
}

/** The browser that many files of tests share: what is done to it as a whole would be done to all. */
export function useBrowser(): () => Browser {
  return useBrowserOf(() => sharedBrowser("sound"));
}

/** A browser for all tests of a file. */
export function useBrowserOf(open: () => Promise<Browser>): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await open();
  }, 60_000);
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error("The browser hasn't started.");
    return browser;
  };
}

/** Starts a browser, which has to be closed. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium() ?? "", args: WITH_SOUND });
}

/** How often a page is asked: that goes through several processes. */
const QUESTION_MS = 40;

/** One page with one phone. It's closed after the test. */
export class BrowserPhone {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** @param frequency of what it says, in hertz */
  static async register(browser: Browser, account: BrowserAccount, frequency: number): Promise<BrowserPhone> {
    const code = await pageScript();
    const server = createServer((_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(`<!doctype html><script>${code.replaceAll("</script", "<\\/script")}</script>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const page = await browser.newPage();
    onTestFinished(async () => {
      await page.close();
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
    const phone = new BrowserPhone(page);
    await phone.do("register", account, frequency);
    await phone.state("registered");
    return phone;
  }

  /** Calls a function of the page's phone. */
  do(name: string, ...values: unknown[]): Promise<unknown> {
    return this.page.evaluate(
      ([name, values]) => {
        const { phone } = globalThis as unknown as {
          phone: Record<string, (...values: unknown[]) => unknown>;
        };
        return phone[name]?.(...values);
      },
      [name, values] as const,
    );
  }

  /** Waits until the phone has come to this state: `registered`, `ringing`, `talking` or `ended`. */
  async state(state: string): Promise<void> {
    const states = async () => (await this.do("states")) as string[];
    await until(
      async () => (await states()).at(-1) === state,
      () => `the browser's state ${state}`,
      QUESTION_MS,
    );
  }

  /** Waits until it hears a tone, whatever else it hears. */
  async hears(frequency: number): Promise<void> {
    await until(
      async () => ((await this.do("loudness", frequency)) as number) > 0.5,
      () => `${frequency} Hz in the browser`,
      QUESTION_MS,
    );
  }
}
