// Who may use the dialer: its own page that was let in, and nobody else.
import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { sharedBrowser } from "../../../test/shared-browser.js";
import { openPage, startTestDialer, type TestDialer } from "./dialers.js";

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request with exactly these headers, as no browser would let a page make it. */
function ask(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = "",
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, method, path, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(Buffer.from(chunk));
      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const ORDER = JSON.stringify({ id: "12345678", caller: "e0", callee: "+493023125001" });

/** The headers of a page that was let in. */
async function signedIn({ dialer, entrance }: TestDialer): Promise<Record<string, string>> {
  const code = new URLSearchParams(new URL(entrance()).hash.slice(1)).get("code");
  const own = {
    host: `127.0.0.1:${dialer.port}`,
    origin: `http://127.0.0.1:${dialer.port}`,
    "content-type": "application/json",
  };
  const { headers, body } = await ask(dialer.port, "POST", "/api/session", own, JSON.stringify({ code }));
  const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
  return { ...own, cookie, "x-dialer-token": JSON.parse(body).token };
}

describe("an order to call", () => {
  it("is taken from a page that was let in", async () => {
    const test = await startTestDialer();
    const headers = await signedIn(test);
    expect((await ask(test.dialer.port, "POST", "/api/calls", headers, ORDER)).status).toBe(200);
    await expect.poll(() => test.sandbox.calls.length).toBe(1);
  });

  it.each<[string, (good: Record<string, string>) => Record<string, string | undefined>]>([
    ["from another origin", (good) => ({ ...good, origin: "https://evil.example" })],
    ["from a page of another port", (good) => ({ ...good, origin: "http://127.0.0.1:1" })],
    ["without an origin", (good) => ({ ...good, origin: undefined })],
    ["under a name that was made to lead here", (good) => ({ ...good, host: "evil.example:8778" })],
    ["of another site, as the browser says", (good) => ({ ...good, "sec-fetch-site": "cross-site" })],
    ["without the cookie", (good) => ({ ...good, cookie: undefined })],
    ["without the second token", (good) => ({ ...good, "x-dialer-token": undefined })],
    ["with a guessed token", (good) => ({ ...good, "x-dialer-token": "A".repeat(43) })],
    ["with a guessed cookie", (good) => ({ ...good, cookie: `${good.cookie?.slice(0, -4)}AAAA` })],
    ["as a form", (good) => ({ ...good, "content-type": "text/plain" })],
  ])("is refused %s, and nothing is placed", async (_, change) => {
    const test = await startTestDialer();
    const changed = change(await signedIn(test));
    const headers = Object.fromEntries(
      Object.entries(changed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    const { status, body } = await ask(test.dialer.port, "POST", "/api/calls", headers, ORDER);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).not.toContain("493023125001");
    expect(test.sandbox.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("with the same id dials once", async () => {
    const test = await startTestDialer();
    const headers = await signedIn(test);
    await Promise.all([1, 2, 3].map(() => ask(test.dialer.port, "POST", "/api/calls", headers, ORDER)));
    await ask(test.dialer.port, "POST", "/api/calls", headers, ORDER);
    await expect.poll(() => test.sandbox.calls.length).toBe(1);
  });
});

describe("the way in", () => {
  it("works once", async () => {
    const { dialer, entrance } = await startTestDialer();
    const code = new URLSearchParams(new URL(entrance()).hash.slice(1)).get("code");
    const headers = {
      host: `127.0.0.1:${dialer.port}`,
      origin: `http://127.0.0.1:${dialer.port}`,
      "content-type": "application/json",
    };
    const enter = () => ask(dialer.port, "POST", "/api/session", headers, JSON.stringify({ code }));
    expect((await enter()).status).toBe(200);
    expect((await enter()).status).toBe(401);
  });

  it("is a file that only this user can read, in a folder of theirs", async () => {
    const { dialer, folder } = await startTestDialer();
    const file = dialer.opener();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("gives a cookie that scripts and other sites don't get, and stores digests alone", async () => {
    const { dialer, entrance, folder } = await startTestDialer();
    const code = new URLSearchParams(new URL(entrance()).hash.slice(1)).get("code");
    const origin = `http://127.0.0.1:${dialer.port}`;
    const headers = { host: `127.0.0.1:${dialer.port}`, origin, "content-type": "application/json" };
    const reply = await ask(dialer.port, "POST", "/api/session", headers, JSON.stringify({ code }));
    expect(String(reply.headers["set-cookie"])).toMatch(/; HttpOnly; SameSite=Strict/);
    expect(readdirSync(folder)).toEqual([`sessions-${dialer.port}.json`]);
    expect(statSync(join(folder, `sessions-${dialer.port}.json`)).mode & 0o777).toBe(0o600);
  });

  it("stays open when the dialer is restarted", async () => {
    const test = await startTestDialer();
    const headers = await signedIn(test);
    const { Sessions } = await import("../src/server/sessions.js");
    const again = new Sessions(test.folder, test.dialer.port);
    const cookie = headers.cookie?.split("=")[1];
    expect(again.allows(cookie, headers["x-dialer-token"])).toBe(true);
    expect(again.allows(cookie, "other")).toBe(false);
  });
});

describe("the page", () => {
  it("may load nothing from elsewhere, run nothing inline, and be framed by nobody", async () => {
    const { dialer } = await startTestDialer();
    const { headers } = await ask(dialer.port, "GET", "/", { host: `127.0.0.1:${dialer.port}` });
    expect(headers["content-security-policy"]).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self'.*frame-ancestors 'none'/,
    );
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await sharedBrowser("plain");
  }, 60_000);
  afterAll(() => browser.close());

  it("a page of another port, in the browser that was let in, reads and places nothing", async () => {
    const { sandbox, entrance, dialer } = await startTestDialer();
    const { context } = await openPage(browser, entrance());
    const before = sandbox.requests.length;
    const cookies: string[] = [];
    const evil = createServer((asked, response) => {
      cookies.push(asked.headers.cookie ?? "");
      response.setHeader("content-type", "text/html");
      response.end("<!doctype html><title>evil</title>");
    }).listen(0, "127.0.0.1");
    await once(evil, "listening");
    onTestFinished(() => void evil.close());
    const address = evil.address();
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`);
    const tried = await page.evaluate(
      async ([target, order]) => {
        const results: string[] = [];
        for (const init of [
          { method: "POST", mode: "no-cors", body: order, credentials: "include" },
          {
            method: "POST",
            body: order,
            credentials: "include",
            headers: { "content-type": "application/json" },
          },
          { credentials: "include" },
        ] as RequestInit[])
          results.push(
            await fetch(`${target}/api/calls`, init).then(
              ({ status }) => String(status),
              () => "failed",
            ),
          );
        return results;
      },
      [`http://127.0.0.1:${dialer.port}`, ORDER] as const,
    );
    expect(tried).toEqual(["failed", "failed", "failed"]);
    // That port even gets the cookie, which is why it isn't enough.
    expect(cookies[0]).toContain("sipgate-dialer-");
    expect(sandbox.requests.slice(before).filter(({ method }) => method === "POST")).toEqual([]);
    await page.close();
  });

  it("a link of another page doesn't make the browser a phone", async () => {
    const { sandbox, entrance, dialer } = await startTestDialer();
    const { context } = await openPage(browser, entrance());
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`http://127.0.0.1:${dialer.port}/?callee=e0`);
    await page.getByRole("heading", { name: "off" }).waitFor();
    await expect.poll(() => asked).toContain("/api/account");
    expect(asked).not.toContain("/api/phone");
    expect(sandbox.calls).toEqual([]);
  });

  it("a browser that wasn't let in is told how", async () => {
    const { dialer } = await startTestDialer();
    const page = await browser.newPage({ locale: "de-DE" });
    onTestFinished(() => page.close());
    await page.goto(`http://127.0.0.1:${dialer.port}/`);
    await page.getByRole("heading", { name: "Dieser Browser ist noch nicht zugelassen" }).waitFor();
  });
});
