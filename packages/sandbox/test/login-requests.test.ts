// What programs ask of the login beyond a code: a token at once, an ID token, a sign-in without a prompt.
import { describe, expect, it } from "vitest";
import {
  codeFor,
  issuerOf,
  locationOf,
  openLogin,
  redeem,
  refresh,
  showConsent,
  showLogin,
  signIn,
  statusWith,
  submit,
  tokensIn,
} from "./login-support.js";
import { send, startSandbox } from "./support.js";

const claimsOf = (token: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(token).split(".")[1] ?? "", "base64url").toString());

describe("a web page without a secret, which asks for a token at once", () => {
  const TOKEN = { response_type: "token", code_challenge: undefined, code_challenge_method: undefined };

  it("The token comes in the fragment, and lasts 300 seconds", async () => {
    const sandbox = await startSandbox();
    const redirect = { ...TOKEN, redirect_uri: "http://localhost:3000" };
    const shown = await showConsent(sandbox, "classic", redirect, "third-party");
    const url = locationOf(await submit(sandbox, "consent", shown, { decision: "allow" }, "third-party"));
    expect([url.origin, url.search]).toEqual(["http://localhost:3000", ""]);
    const result = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
    expect(result).toEqual({
      state: "a-state",
      session_state: expect.any(String),
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: "300",
      scope: "balance:read",
      iss: issuerOf(sandbox, "third-party"),
    });
    const { access_token: access = "" } = result;
    expect(await statusWith(sandbox, access)).toBe(200);
    expect(await statusWith(sandbox, access, "/numbers")).toBe(403);
    await sandbox.clock.advance(300_000);
    expect(await statusWith(sandbox, access)).toBe(401);
  });

  it("A refusal comes in the fragment, too", async () => {
    const sandbox = await startSandbox();
    const shown = await showConsent(sandbox, "classic", TOKEN);
    const refused = locationOf(await submit(sandbox, "consent", shown, { decision: "refuse" }));
    expect(refused.hash).toMatch(/^#state=a-state&error=access_denied&/);
    const wrong = locationOf(await openLogin(sandbox, { ...TOKEN, scope: "nothing" }));
    expect([wrong.search, wrong.hash.startsWith("#state=a-state&error=invalid_scope&")]).toEqual(["", true]);
    const mode = locationOf(await openLogin(sandbox, { ...TOKEN, response_mode: "query" }));
    expect(mode.hash).toContain("error=invalid_request");
  });
});

describe("prompt", () => {
  it("prompt=none is refused with login_required: nobody stays signed in", async () => {
    const sandbox = await startSandbox();
    await signIn(sandbox);
    const url = locationOf(await openLogin(sandbox, { prompt: "none" }));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ error: "login_required", state: "a-state" });
  });

  it.each(["login", "consent", "login consent", "select_account"])(
    "prompt=%s shows the page",
    async (prompt) => {
      expect((await openLogin(await startSandbox(), { prompt })).status).toBe(200);
    },
  );

  it.each(["none login", "nothing", "login "])("prompt=%j is invalid", async (prompt) => {
    const url = locationOf(await openLogin(await startSandbox(), { prompt }));
    expect(url.searchParams.get("error")).toBe("invalid_request");
  });
});

describe("a program at the address of this machine in IPv6", () => {
  const IPV6 = "http://[::1]:4321/callback";

  it("The code comes back to it", async () => {
    const sandbox = await startSandbox();
    const code = await codeFor(sandbox, "classic", { redirect_uri: IPV6 });
    expect((await redeem(sandbox, code, { redirect_uri: IPV6 })).status).toBe(200);
  });

  it("The policy of the page allows the way back, although it can't name the address", async () => {
    const sandbox = await startSandbox();
    const { page } = await showConsent(sandbox, "classic", { redirect_uri: IPV6 });
    expect(page.headers.get("content-security-policy")).toMatch(/; form-action 'self' http:$/);
    const other = await showConsent(sandbox);
    expect(other.page.headers.get("content-security-policy")).toMatch(
      /; form-action 'self' http:\/\/127\.0\.0\.1:4321$/,
    );
  });

  it.each(["http://[::2]/", "http://[::1].example/", "http://[::1]@login.example/", "https://[::1]/"])(
    "%s isn't this machine",
    async (redirect_uri) => {
      expect((await openLogin(await startSandbox(), { redirect_uri })).status).toBe(400);
    },
  );
});

describe("the scope openid", () => {
  it("The program gets an ID token, whose sub isn't the user id of the REST API", async () => {
    const sandbox = await startSandbox();
    const changes = { scope: "openid balance:read", nonce: "a-nonce" };
    const answer = await redeem(sandbox, await codeFor(sandbox, "neo", changes));
    const { sub, ...claims } = claimsOf(answer.json.id_token);
    expect(claims).toMatchObject({ iss: issuerOf(sandbox), aud: sandbox.client.clientId, nonce: "a-nonce" });
    expect(sub).toMatch(/^f:[0-9a-f-]{36}:2000000w0$/);
    const { refresh: token } = tokensIn(answer);
    expect((await refresh(sandbox, token)).json).toHaveProperty("id_token");
    expect(
      (await refresh(sandbox, tokensIn(await redeem(sandbox, await codeFor(sandbox))).refresh)).json,
    ).not.toHaveProperty("id_token");
  });

  it("Every scope that the configuration lists can be asked for at once", async () => {
    const sandbox = await startSandbox();
    const { json } = await send(`${issuerOf(sandbox)}/.well-known/openid-configuration`, {});
    const scopes = json.scopes_supported as string[];
    expect(scopes).toHaveLength(122);
    expect(new Set(scopes).size).toBe(122);
    await showLogin(sandbox, { scope: scopes.join(" ") });
  });
});
