import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { locationOf, openLogin, REDIRECT_URI, showConsent, showLogin, submit } from "./login-support.js";
import { type Answer, startSandbox } from "./support.js";

const INJECTED = `"><script>alert(1)</script><img src='x' onerror=alert(1)>&amp;`;

/** The directives of a page's policy. */
function policyOf({ headers }: Answer): Record<string, string> {
  const policy = headers.get("content-security-policy") ?? "";
  return Object.fromEntries(
    policy.split("; ").map((directive) => /^(\S+) (.*)$/.exec(directive)?.slice(1) ?? []),
  );
}

/** Expects a page without scripts that nobody caches. */
function expectHarmless(page: Answer): void {
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("referrer-policy")).toBe("same-origin");
  expect(page.headers.get("x-frame-options")).toBe("DENY");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  const style = /<style>(.*?)<\/style>/s.exec(page.text)?.[1] ?? "";
  const { "form-action": _, ...policy } = policyOf(page);
  expect(policy).toEqual({
    "default-src": "'none'",
    "style-src": `'sha256-${createHash("sha256").update(style).digest("base64")}'`,
    "img-src": "data:",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
  });
  expect(page.text).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
  const tags = page.text.replaceAll(/<style>.*?<\/style>/gs, "").match(/<[^>]*>/g) ?? [];
  expect(tags.filter((tag) => /^<(?:script|img|iframe|object|base|meta http)/i.test(tag))).toEqual([]);
  expect(tags.filter((tag) => /\s(?:on[a-z]+|style|src)=/i.test(tag.replaceAll(/"[^"]*"/g, '""')))).toEqual(
    [],
  );
  const targets = tags.flatMap((tag) => /(?:href|action)="([^"]*)"/.exec(tag)?.[1] ?? []);
  expect(targets.filter((target) => !/^(?:data:,$|\/auth\/)/.test(target))).toEqual([]);
  expect(page.text).toContain("sipgate-sandbox on your own machine, not sipgate");
}

describe("the login page", () => {
  it("The login page has labelled fields for username and password, and a button", async () => {
    const { page } = await showLogin(await startSandbox());
    expectHarmless(page);
    for (const [name, label] of [
      ["username", "Username"],
      ["password", "Password"],
    ]) {
      expect(page.text).toContain(
        `<label for="${name}">${label}</label>\n<input id="${name}" name="${name}"`,
      );
    }
    expect(page.text).toMatch(/<input id="password"[^>]* type="password"/);
    expect(page.text).toContain('<button type="submit">Sign in</button>');
    expect(policyOf(page)["form-action"]).toBe("'self'");
  });

  it("The login page shows who can sign in, and says that it's a sandbox", async () => {
    const sandbox = await startSandbox();
    const { page } = await showLogin(sandbox);
    for (const { username, password, platform, userId } of sandbox.logins) {
      expect(page.text).toContain(
        `<tr><td>${username}</td><td>${password}</td><td>${platform}, user ${userId}</td></tr>`,
      );
    }
    expect(page.text).toContain("Never type a real password here.");
  });

  it("After a wrong password the login page says so, and keeps the username, but not the password", async () => {
    const sandbox = await startSandbox();
    const shown = await showLogin(sandbox);
    const page = await submit(sandbox, "authenticate", shown, {
      username: INJECTED,
      password: "some-password",
    });
    expectHarmless(page);
    expect(page.text).toContain('role="alert" id="problem">Wrong username or password.');
    expect(page.text).toMatch(/<input id="username"[^>]* aria-describedby="problem">/);
    const value = /name="username" value="([^"]*)"/.exec(page.text)?.[1] ?? "";
    const decoded = value.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    expect(decoded).toBe(INJECTED);
    expect(page.text).not.toContain("some-password");
  });

  it("The login page sets a cookie that scripts and other sites can't use", async () => {
    const sandbox = await startSandbox();
    const [first, second] = [await showLogin(sandbox), await showLogin(sandbox)];
    const [, ...attributes] = first.page.headers.get("set-cookie")?.split("; ") ?? [];
    expect(attributes).toEqual([
      "Path=/auth/realms/sipgate-apps/login-actions",
      "HttpOnly",
      "SameSite=Strict",
      "Max-Age=600",
    ]);
    expect(first.cookie.split("=")[0]).not.toBe(second.cookie.split("=")[0]);
    const consent = await showConsent(sandbox);
    const answer = await submit(sandbox, "consent", consent, { decision: "allow" });
    expect(answer.headers.get("set-cookie")).toMatch(/^sandbox-login-\S+=; Path=\S+; .*; Max-Age=0$/);
  });
});

describe("the consent page", () => {
  it("The consent page names user and program, lists the scopes, and has two buttons", async () => {
    const sandbox = await startSandbox();
    const scope = "sessions:calls:write balance:read balance:read";
    const { page } = await showConsent(sandbox, "neo", { scope });
    expectHarmless(page);
    expect(page.text).toContain("You're signed in as <strong>neo</strong>.");
    expect(page.text).toContain("The program at http://127.0.0.1:4321 asks to:");
    expect(page.text.match(/<li>.*<\/li>/g)).toEqual([
      "<li>place calls (<code>sessions:calls:write</code>)</li>",
      "<li>see your balance (<code>balance:read</code>)</li>",
    ]);
    for (const [value, name] of [
      ["allow", "Allow"],
      ["refuse", "Refuse"],
    ]) {
      expect(page.text).toContain(`<button type="submit" name="decision" value="${value}">${name}</button>`);
    }
  });

  it("The policy of the consent page allows the redirect to the program", async () => {
    const { page } = await showConsent(await startSandbox());
    expect(policyOf(page)["form-action"]).toBe("'self' http://127.0.0.1:4321");
  });

  it("The consent page escapes what the program sends", async () => {
    const sandbox = await startSandbox();
    const changes = { state: INJECTED, redirect_uri: `${REDIRECT_URI}?x=${INJECTED.replaceAll(" ", "+")}` };
    const shown = await showConsent(sandbox, "classic", changes);
    expectHarmless(shown.page);
    const { searchParams } = locationOf(await submit(sandbox, "consent", shown, { decision: "allow" }));
    expect(searchParams.get("state")).toBe(INJECTED);
  });
});

describe("the error page", () => {
  it("The error page says what is wrong and repeats nothing", async () => {
    const page = await openLogin(await startSandbox(), { redirect_uri: INJECTED });
    expectHarmless(page);
    expect(page.text).toContain('role="alert">Invalid parameter: redirect_uri<');
    expect(policyOf(page)["form-action"]).toBe("'none'");
  });
});
