// What the login refuses in a browser: requests to sign in, and its own forms.
import type { Sandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import {
  CHALLENGE,
  type Fields,
  issuerOf,
  locationOf,
  loginNamed,
  openLogin,
  REDIRECT_URI,
  type Realm,
  STATE,
  showConsent,
  showLogin,
  submit,
  VERIFIER,
} from "./login-support.js";
import { type Answer, send, startSandbox } from "./support.js";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** Expects a page for the user, without a redirect. */
function expectErrorPage(answer: Answer, status = 400): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.has("location")).toBe(false);
  expect(answer.text).toContain("Signing in isn't possible");
}

describe("requests to sign in whose error only the user sees", () => {
  it.each<Fields>([
    { client_id: "somebody-else" },
    { client_id: undefined },
    { redirect_uri: undefined },
    { redirect_uri: "https://127.0.0.1:4321/callback" },
    { redirect_uri: "http://127.0.0.1.example/callback" },
    { redirect_uri: "http://127.0.0.1:80@login.example/callback" },
    { redirect_uri: "http://user@127.0.0.1:4321/callback" },
    { redirect_uri: "http://127.0.0.2:4321/callback" },
    { redirect_uri: "http://127.0.0.1:99999/callback" },
    { redirect_uri: "http://127.0.0.1:4321/callback#here" },
    { redirect_uri: "http://127.0.0.1:4321/a\r\nset-cookie: a=b" },
    { redirect_uri: "javascript:alert(1)//" },
    { redirect_uri: "/callback" },
  ])("Only the user sees the error for %j", async (changes) => {
    expectErrorPage(await openLogin(await startSandbox(), changes));
  });

  it.each(["client_id", "redirect_uri"])(
    "Only the user sees the error if %s is given twice",
    async (name) => {
      const sandbox = await startSandbox();
      const url = `${issuerOf(sandbox)}/protocol/openid-connect/auth?response_type=code&scope=all`;
      const query = new URLSearchParams({ client_id: sandbox.client.clientId, redirect_uri: REDIRECT_URI });
      query.append(name, query.get(name) ?? "");
      expectErrorPage(await send(`${url}&${query}`, { redirect: "manual" }));
    },
  );
});

describe("requests to sign in whose error goes to the program", () => {
  it.each<[string, Fields]>([
    ["invalid_request", { response_type: undefined }],
    ["unsupported_response_type", { response_type: "id_token" }],
    ["unsupported_response_type", { response_type: "code id_token" }],
    ["invalid_request", { response_mode: "fragment" }],
    ["invalid_scope", { scope: undefined }],
    ["invalid_scope", { scope: "" }],
    ["invalid_scope", { scope: " " }],
    ["invalid_scope", { scope: "balance:read faxes:write" }],
    ["invalid_scope", { scope: "toString" }],
    ["invalid_request", { code_challenge_method: "plain", code_challenge: VERIFIER }],
    ["invalid_request", { code_challenge_method: undefined }],
    ["invalid_request", { code_challenge: undefined }],
    ["invalid_request", { code_challenge: `${CHALLENGE}=` }],
    ["invalid_request", { code_challenge: "short" }],
  ])("The program gets %s for %j", async (error, changes) => {
    const sandbox = await startSandbox();
    const location = locationOf(await openLogin(sandbox, changes));
    expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      error,
      error_description: expect.stringMatching(/./),
      state: STATE,
      iss: issuerOf(sandbox),
    });
  });

  it("The program gets invalid_request for a parameter that is given twice", async () => {
    const sandbox = await startSandbox();
    const query = new URLSearchParams({
      client_id: sandbox.client.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: "code",
      scope: "all",
    });
    const url = `${issuerOf(sandbox)}/protocol/openid-connect/auth?${query}&state=a&state=b`;
    const { searchParams } = locationOf(await send(url, { redirect: "manual" }));
    expect(searchParams.get("error")).toBe("invalid_request");
    expect(searchParams.has("state")).toBe(false);
  });
});

describe("the forms of the pages", () => {
  const decide = (
    sandbox: Sandbox,
    shown: Parameters<typeof submit>[2],
    fields: Fields = {},
    realm?: Realm,
  ) => submit(sandbox, "consent", shown, { decision: "allow", ...fields }, realm);

  it("A form from another browser is refused, and can still be sent from the right one", async () => {
    const sandbox = await startSandbox();
    const [shown, other] = [await showConsent(sandbox), await showConsent(sandbox)];
    const [name = ""] = shown.cookie.split("=");
    for (const cookie of ["", other.cookie, `${name}=`, `${name}=${"A".repeat(43)}`, `x${shown.cookie}`]) {
      expectErrorPage(await decide(sandbox, { ...shown, cookie }));
      const { username, password } = loginNamed(sandbox, "classic");
      expectErrorPage(await submit(sandbox, "authenticate", { ...shown, cookie }, { username, password }));
    }
    const cookie = `a=b; ${other.cookie}; ${shown.cookie}; c=d`;
    expect((await decide(sandbox, { ...shown, cookie })).status).toBe(302);
  });

  it("A form is refused without the id of the attempt, with a wrong one, and twice", async () => {
    const sandbox = await startSandbox();
    const shown = await showConsent(sandbox);
    expectErrorPage(await decide(sandbox, shown, { attempt: undefined }));
    expectErrorPage(await decide(sandbox, shown, { attempt: "__proto__" }));
    const url = `${issuerOf(sandbox)}/login-actions/consent`;
    const body = `attempt=${shown.attempt}&decision=allow&decision=allow`;
    const headers = { ...FORM, cookie: shown.cookie };
    expectErrorPage(await send(url, { method: "POST", headers, body, redirect: "manual" }));
    expect((await decide(sandbox, shown)).status).toBe(302);
  });

  it("A form is refused in the other realm", async () => {
    const sandbox = await startSandbox();
    expectErrorPage(await decide(sandbox, await showConsent(sandbox), {}, "third-party"));
  });

  it("Nothing is allowed before the user has signed in, or without a decision", async () => {
    const sandbox = await startSandbox();
    expectErrorPage(await decide(sandbox, await showLogin(sandbox)));
    const shown = await showConsent(sandbox);
    expectErrorPage(await decide(sandbox, shown, { decision: undefined }));
    expectErrorPage(await decide(sandbox, shown, { decision: "perhaps" }));
  });

  it.each(["allow", "refuse"])("If %s is sent many times at once, one of them counts", async (decision) => {
    const sandbox = await startSandbox();
    const shown = await showConsent(sandbox);
    const answers = await Promise.all(Array.from({ length: 5 }, () => decide(sandbox, shown, { decision })));
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 400, 400, 400, 400]);
  });

  it("A form is refused after ten minutes", async () => {
    const sandbox = await startSandbox();
    const shown = await showConsent(sandbox);
    await sandbox.clock.advance(599_999);
    const other = await showConsent(sandbox);
    await sandbox.clock.advance(1);
    expectErrorPage(await decide(sandbox, shown));
    expect((await decide(sandbox, other)).status).toBe(302);
  });
});
