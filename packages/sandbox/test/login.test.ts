import { describe, expect, it } from "vitest";
import {
  codeFor,
  issuerOf,
  locationOf,
  loginNamed,
  postForm,
  REDIRECT_URI,
  redeem,
  refresh,
  STATE,
  showConsent,
  showLogin,
  signIn,
  statusWith,
  submit,
  tokensIn,
  VERIFIER,
} from "./login-support.js";
import { send, startSandbox } from "./support.js";

describe("signing in", () => {
  it.each(["sipgate-apps", "third-party"] as const)(
    "Signing in to the realm %s gives valid tokens",
    async (realm) => {
      const sandbox = await startSandbox();
      const consent = await showConsent(sandbox, "classic", {}, realm);
      const location = locationOf(await submit(sandbox, "consent", consent, { decision: "allow" }, realm));
      expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
      const { code = "", session_state, ...others } = Object.fromEntries(location.searchParams);
      expect(others).toEqual({ state: STATE, iss: issuerOf(sandbox, realm) });
      const answer = await redeem(sandbox, code, {}, realm);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.json).toEqual({
        access_token: expect.any(String),
        expires_in: 300,
        refresh_token: expect.any(String),
        refresh_expires_in: 2_592_000,
        token_type: "Bearer",
        scope: "balance:read",
        session_state,
        "not-before-policy": 0,
      });
      expect(await statusWith(sandbox, tokensIn(answer).access)).toBe(200);
    },
  );

  it.each(["classic", "neo", "classic-second-user", "neo-second-user"])(
    "After signing in as %s, requests are those of this user",
    async (name) => {
      const sandbox = await startSandbox();
      const { access } = await signIn(sandbox, name);
      const headers = { authorization: `Bearer ${access}` };
      const { json } = await send(`${sandbox.baseUrl}/authorization/userinfo`, { headers });
      const { platform, userId } = loginNamed(sandbox, name);
      const masterSipId = platform === "neo" ? "2000000" : "1000000";
      expect(json).toMatchObject({ sub: userId, masterSipId });
    },
  );

  it("The redirect address keeps its query; state and PKCE may be missing", async () => {
    const sandbox = await startSandbox();
    const changes = {
      redirect_uri: "http://localhost:80/a/b?c=d%26e",
      state: undefined,
      code_challenge: undefined,
      code_challenge_method: undefined,
    };
    const consent = await showConsent(sandbox, "classic", changes);
    const location = locationOf(await submit(sandbox, "consent", consent, { decision: "allow" }));
    expect(location.href).toMatch(/^http:\/\/localhost\/a\/b\?c=d%26e&session_state=/);
    expect(location.searchParams.has("state")).toBe(false);
    const code = location.searchParams.get("code") ?? "";
    const answer = await redeem(sandbox, code, {
      redirect_uri: changes.redirect_uri,
      code_verifier: undefined,
    });
    expect(answer.status).toBe(200);
  });

  it("The client's id and secret may come by HTTP Basic, form-encoded", async () => {
    const sandbox = await startSandbox();
    const { clientId, clientSecret } = sandbox.client;
    const credentials = `${clientId}:${clientSecret}`.replaceAll("-", "%2D");
    const answer = await postForm(
      `${issuerOf(sandbox)}/protocol/openid-connect/token`,
      {
        grant_type: "authorization_code",
        code: await codeFor(sandbox),
        redirect_uri: REDIRECT_URI,
        code_verifier: VERIFIER,
      },
      { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
    );
    expect(answer.status).toBe(200);
  });

  it("The user can refuse", async () => {
    const sandbox = await startSandbox();
    const consent = await showConsent(sandbox);
    const answer = await submit(sandbox, "consent", consent, { decision: "refuse" });
    expect(Object.fromEntries(locationOf(answer).searchParams)).toEqual({
      error: "access_denied",
      error_description: "User denied consent",
      state: STATE,
      iss: issuerOf(sandbox),
    });
  });

  it("After a wrong password the page asks again", async () => {
    const sandbox = await startSandbox();
    const shown = await showLogin(sandbox);
    const { username, password } = loginNamed(sandbox, "classic");
    for (const wrong of [
      { username, password: `${password}x` },
      { username: "nobody", password },
      { username },
      {},
      { username, password: loginNamed(sandbox, "neo").password },
    ]) {
      const page = await submit(sandbox, "authenticate", shown, wrong);
      expect(page.status).toBe(200);
      expect(page.text).toContain("Wrong username or password. Nobody was signed in.");
      expect((await submit(sandbox, "consent", shown, { decision: "allow" })).status).toBe(400);
    }
    const page = await submit(sandbox, "authenticate", shown, { username, password });
    expect(page.text).toContain("Allow");
    expect((await submit(sandbox, "consent", shown, { decision: "allow" })).status).toBe(302);
  });
});

describe("tokens", () => {
  it("Refreshing gives new tokens; the previous access token works until it expires", async () => {
    const sandbox = await startSandbox();
    const first = await signIn(sandbox);
    await sandbox.clock.advance(200_000);
    const second = tokensIn(await refresh(sandbox, first.refresh));
    expect(new Set([first.access, second.access, first.refresh, second.refresh]).size).toBe(4);
    expect(await statusWith(sandbox, first.access)).toBe(200);
    await sandbox.clock.advance(100_000);
    expect(await statusWith(sandbox, first.access)).toBe(401);
    expect(await statusWith(sandbox, second.access)).toBe(200);
    await sandbox.clock.advance(200_000);
    expect(await statusWith(sandbox, second.access)).toBe(401);
    const third = tokensIn(await refresh(sandbox, second.refresh));
    expect(await statusWith(sandbox, third.access)).toBe(200);
  });

  it("Tokens open what the user has allowed, and nothing else", async () => {
    const sandbox = await startSandbox();
    const { access } = await signIn(sandbox, "classic", { scope: "balance:read devices:read" });
    expect(await statusWith(sandbox, access, "/balance")).toBe(200);
    expect(await statusWith(sandbox, access, "/w0/devices")).toBe(200);
    expect(await statusWith(sandbox, access, "/numbers")).toBe(403);
    const all = await signIn(sandbox, "classic", { scope: "all" });
    expect(await statusWith(sandbox, all.access, "/numbers")).toBe(200);
  });

  it("A refreshed token may have fewer scopes", async () => {
    const sandbox = await startSandbox();
    const { refresh: token } = await signIn(sandbox, "classic", { scope: "balance:read numbers:read" });
    const answer = await refresh(sandbox, token, { scope: "numbers:read" });
    expect(answer.json.scope).toBe("numbers:read");
    const narrow = tokensIn(answer);
    expect(await statusWith(sandbox, narrow.access, "/balance")).toBe(403);
    const again = tokensIn(await refresh(sandbox, narrow.refresh));
    expect(await statusWith(sandbox, again.access, "/balance")).toBe(200);
  });
});
