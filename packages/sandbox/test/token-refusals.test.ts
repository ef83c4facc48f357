// What the login refuses of programs: codes, tokens, clients, invalid requests.
import { describe, expect, it } from "vitest";
import {
  ask,
  CHALLENGE,
  codeFor,
  type Fields,
  issuerOf,
  postForm,
  REDIRECT_URI,
  redeem,
  refresh,
  signIn,
  statusWith,
  tokensIn,
  VERIFIER,
} from "./login-support.js";
import { type Answer, clientFor, send, startSandbox } from "./support.js";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** Expects an OAuth 2 error as JSON that nobody caches. */
function expectRefusal(answer: Answer, error: string, status = 400): void {
  expect(answer.json).toEqual({ error, error_description: expect.stringMatching(/./) });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("cache-control")).toBe("no-store");
}

/** Expects a page for the user, without a redirect. */
function expectErrorPage(answer: Answer, status = 400): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.has("location")).toBe(false);
  expect(answer.text).toContain("Signing in isn't possible");
}

describe("a code", () => {
  it.each<[string, Fields]>([
    ["the verifier is wrong", { code_verifier: `${VERIFIER}x` }],
    ["the verifier is missing", { code_verifier: undefined }],
    ["the challenge comes as the verifier", { code_verifier: CHALLENGE }],
    ["the redirect address has another port", { redirect_uri: "http://127.0.0.1:4322/callback" }],
    ["the redirect address ends in a slash", { redirect_uri: `${REDIRECT_URI}/` }],
    ["the redirect address is missing", { redirect_uri: undefined }],
  ])("A code is refused if %s, and used up", async (_, changes) => {
    const sandbox = await startSandbox();
    const code = await codeFor(sandbox);
    expectRefusal(await redeem(sandbox, code, changes), "invalid_grant");
    expectRefusal(await redeem(sandbox, code), "invalid_grant");
  });

  it("A code that was requested without a challenge is refused with a verifier", async () => {
    const sandbox = await startSandbox();
    const code = await codeFor(sandbox, "classic", {
      code_challenge: undefined,
      code_challenge_method: undefined,
    });
    expectRefusal(await redeem(sandbox, code), "invalid_grant");
  });

  it("A code is refused after 60 seconds", async () => {
    const sandbox = await startSandbox();
    const [late, inTime] = [await codeFor(sandbox), await codeFor(sandbox)];
    await sandbox.clock.advance(59_999);
    expect((await redeem(sandbox, inTime)).status).toBe(200);
    await sandbox.clock.advance(1);
    expectRefusal(await redeem(sandbox, late), "invalid_grant");
  });

  it("A code that is used again is refused, and its tokens are revoked", async () => {
    const sandbox = await startSandbox();
    const code = await codeFor(sandbox);
    const { access, refresh: token } = tokensIn(await redeem(sandbox, code));
    expect(await statusWith(sandbox, access)).toBe(200);
    expectRefusal(await redeem(sandbox, code), "invalid_grant");
    expect(await statusWith(sandbox, access)).toBe(401);
    expectRefusal(await refresh(sandbox, token), "invalid_grant");
  });

  it("A code that is used many times at once gives at most one valid pair of tokens", async () => {
    const sandbox = await startSandbox();
    const code = await codeFor(sandbox);
    const answers = await Promise.all(Array.from({ length: 5 }, () => redeem(sandbox, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("A code is refused in the other realm, and with other values", async () => {
    const sandbox = await startSandbox();
    const code = await codeFor(sandbox);
    expectRefusal(await redeem(sandbox, code, {}, "third-party"), "invalid_grant");
    expectRefusal(await redeem(sandbox, "nonsense"), "invalid_grant");
    expectRefusal(await redeem(sandbox, ""), "invalid_request");
    expect((await redeem(sandbox, code)).status).toBe(200);
  });
});

describe("a refresh token", () => {
  it("A refresh token that is used again is refused, and ends the session", async () => {
    const sandbox = await startSandbox();
    const first = await signIn(sandbox);
    const other = await signIn(sandbox);
    const second = tokensIn(await refresh(sandbox, first.refresh));
    expectRefusal(await refresh(sandbox, first.refresh), "invalid_grant");
    for (const { access } of [first, second]) expect(await statusWith(sandbox, access)).toBe(401);
    expectRefusal(await refresh(sandbox, second.refresh), "invalid_grant");
    expect(await statusWith(sandbox, other.access)).toBe(200);
    expect((await refresh(sandbox, other.refresh)).status).toBe(200);
  });

  it("A refresh token lasts 30 days, and so does each that replaces it", async () => {
    const sandbox = await startSandbox();
    const [left, kept] = [await signIn(sandbox), await signIn(sandbox)];
    await sandbox.clock.advance(30 * 86_400_000 - 1_000);
    const next = tokensIn(await refresh(sandbox, kept.refresh));
    await sandbox.clock.advance(1_000);
    expectRefusal(await refresh(sandbox, left.refresh), "invalid_grant");
    await sandbox.clock.advance(29 * 86_400_000);
    expect((await refresh(sandbox, next.refresh)).status).toBe(200);
  });

  it("A refresh token is refused if it was tampered with, is an access token, or is of another realm or sandbox", async () => {
    const sandbox = await startSandbox();
    const { refresh: token, access } = await signIn(sandbox);
    const [head = "", claims = "", signature = ""] = token.split(".");
    const content = JSON.parse(Buffer.from(claims, "base64url").toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...content, jti: "x" })).toString("base64url");
    const unsigned = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const elsewhere = await signIn(await startSandbox());
    for (const wrong of [
      `${head}.${forged}.${signature}`,
      `${unsigned}.${claims}.`,
      `${head}.${claims}.${signature.slice(1)}`,
      `${token}x`,
      "...",
      "nonsense",
      access,
      elsewhere.refresh,
    ]) {
      expectRefusal(await refresh(sandbox, wrong), "invalid_grant");
    }
    expectRefusal(await refresh(sandbox, token, {}, "third-party"), "invalid_grant");
    expectRefusal(await refresh(sandbox, "", {}), "invalid_request");
    expect((await refresh(sandbox, token)).status).toBe(200);
  });

  it("A refresh token gives no scope that wasn't allowed, and asking for one doesn't use it up", async () => {
    const sandbox = await startSandbox();
    const { refresh: token } = await signIn(sandbox);
    expectRefusal(await refresh(sandbox, token, { scope: "balance:read numbers:read" }), "invalid_scope");
    expectRefusal(await refresh(sandbox, token, { scope: "nonsense" }), "invalid_scope");
    expect((await refresh(sandbox, token)).status).toBe(200);
  });
});

describe("an access token", () => {
  it("An access token works for 300 seconds", async () => {
    const sandbox = await startSandbox();
    const { access } = await signIn(sandbox);
    await sandbox.clock.advance(299_999);
    expect(await statusWith(sandbox, access)).toBe(200);
    await sandbox.clock.advance(1);
    expect(await statusWith(sandbox, access)).toBe(401);
  });

  it("An access token is refused if it was tampered with, is a refresh token or of another sandbox", async () => {
    const sandbox = await startSandbox();
    const { access, refresh: token } = await signIn(sandbox);
    const [head = "", claims = "", signature = ""] = access.split(".");
    const content = JSON.parse(Buffer.from(claims, "base64url").toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...content, sub: "w1" })).toString("base64url");
    const unsigned = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const elsewhere = await signIn(await startSandbox());
    for (const wrong of [
      `${head}.${forged}.${signature}`,
      `${unsigned}.${claims}.`,
      `${access}x`,
      token,
      elsewhere.access,
    ]) {
      expect(await statusWith(sandbox, wrong)).toBe(401);
    }
  });
});

describe("revoking", () => {
  it("Revoking a refresh token ends the session, even if the token was used before", async () => {
    const sandbox = await startSandbox();
    const first = await signIn(sandbox);
    const second = tokensIn(await refresh(sandbox, first.refresh));
    const answer = await ask(sandbox, "revoke", { token: first.refresh, token_type_hint: "access_token" });
    expect([answer.status, answer.text]).toEqual([200, ""]);
    expect(await statusWith(sandbox, second.access)).toBe(401);
    expectRefusal(await refresh(sandbox, second.refresh), "invalid_grant");
  });

  it("Revoking an access token ends only this token", async () => {
    const sandbox = await startSandbox();
    const { access, refresh: token } = await signIn(sandbox);
    expect((await ask(sandbox, "revoke", { token: access })).status).toBe(200);
    expect(await statusWith(sandbox, access)).toBe(401);
    expect((await refresh(sandbox, token)).status).toBe(200);
  });

  it("Revoking an unknown token, or in the other realm, changes nothing", async () => {
    const sandbox = await startSandbox();
    const { access, refresh: token } = await signIn(sandbox);
    expect((await ask(sandbox, "revoke", { token: "nonsense" })).status).toBe(200);
    expect((await ask(sandbox, "revoke", { token }, "third-party")).status).toBe(200);
    expect((await ask(sandbox, "revoke", { token: access }, "third-party")).status).toBe(200);
    expectRefusal(await ask(sandbox, "revoke", {}), "invalid_request");
    expectRefusal(await ask(sandbox, "revoke", { token, client_secret: "wrong" }), "invalid_client", 401);
    expect(await statusWith(sandbox, access)).toBe(200);
    expect((await refresh(sandbox, token)).status).toBe(200);
  });

  it("Logging out ends the session", async () => {
    const sandbox = await startSandbox();
    const { access, refresh: token } = await signIn(sandbox);
    expectRefusal(await ask(sandbox, "logout", {}), "invalid_request");
    expectRefusal(await ask(sandbox, "logout", { refresh_token: "nonsense" }), "invalid_grant");
    expectRefusal(
      await ask(sandbox, "logout", { refresh_token: token, client_secret: undefined }),
      "invalid_client",
      401,
    );
    expect(await statusWith(sandbox, access)).toBe(200);
    expect((await ask(sandbox, "logout", { refresh_token: token })).status).toBe(204);
    expect(await statusWith(sandbox, access)).toBe(401);
    expectRefusal(await refresh(sandbox, token), "invalid_grant");
  });
});

describe("a client", () => {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

  it("A client that doesn't authenticate is refused, and uses up no code", async () => {
    const sandbox = await startSandbox();
    const { clientId, clientSecret } = sandbox.client;
    const code = await codeFor(sandbox);
    for (const wrong of [
      { client_secret: "wrong" },
      { client_secret: undefined },
      { client_id: "somebody-else" },
      { client_id: undefined },
    ]) {
      const answer = await redeem(sandbox, code, wrong);
      expectRefusal(answer, "invalid_client", 401);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Basic realm=/);
    }
    const url = `${issuerOf(sandbox)}/protocol/openid-connect/token`;
    const fields = {
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
    };
    for (const authorization of [
      basic(`${clientId}:wrong`),
      basic(clientId),
      basic(`${clientId}:%`),
      basic(`${clientId}:${clientSecret}`).replace("Basic", "Bearer"),
      "Basic",
    ]) {
      expectRefusal(await postForm(url, fields, { authorization }), "invalid_client", 401);
    }
    const authorization = basic(`${clientId}:${clientSecret}`);
    const twice = { ...fields, client_id: clientId, client_secret: clientSecret };
    expectRefusal(await postForm(url, twice, { authorization }), "invalid_request");
    expectRefusal(
      await postForm(url, { ...fields, client_id: "somebody-else" }, { authorization }),
      "invalid_client",
      401,
    );
    expect((await postForm(url, { ...fields, client_id: clientId }, { authorization })).status).toBe(200);
  });

  it.each<[string, string | undefined]>([
    ["invalid_request", undefined],
    ["unsupported_grant_type", "password"],
    ["unsupported_grant_type", "client_credentials"],
    ["unsupported_grant_type", "toString"],
  ])("The error is %s for the grant_type %s", async (error, grant_type) => {
    expectRefusal(await ask(await startSandbox(), "token", { grant_type }), error);
  });
});

describe("invalid requests", () => {
  const endpoints = ["token", "revoke", "logout"].map((name) => `protocol/openid-connect/${name}`);
  const forms = ["login-actions/authenticate", "login-actions/consent"];

  it.each([...endpoints, ...forms])(
    "%s accepts forms in UTF-8 of up to 64 kB, by POST only",
    async (path) => {
      const sandbox = await startSandbox();
      const url = `${issuerOf(sandbox)}/${path}`;
      const post = async (headers: Record<string, string>, body: BodyInit) =>
        (await send(url, { method: "POST", headers, body })).status;
      expect(await post({ "content-type": "application/json" }, "{}")).toBe(415);
      expect(await post({ ...FORM, "content-encoding": "gzip" }, "a=b")).toBe(415);
      expect(await post(FORM, "a".repeat(65_537))).toBe(413);
      expect(await post(FORM, Buffer.from([0x61, 0x3d, 0xff]))).toBe(400);
      expect(await post(FORM, "a=b&a=c")).toBe(400);
      const wrongMethod = await send(url, {});
      expect([wrongMethod.status, wrongMethod.headers.get("allow")]).toEqual([405, "POST"]);
      expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
    },
  );

  it.each([
    "/auth/",
    "/auth/realms",
    "/auth/realms/sipgate-apps",
    "/auth/realms/other/.well-known/openid-configuration",
    "/auth/realms/__proto__/protocol/openid-connect/certs",
    "/auth/realms//protocol/openid-connect/certs",
    "/auth/realms/sipgate-apps/protocol/openid-connect/userinfo",
  ])("The path %s gives 404", async (path) => {
    const { loginUrl } = await startSandbox();
    const answer = await send(`${loginUrl}${path}`, {});
    expectRefusal(answer, "invalid_request", 404);
  });

  it("An unknown realm gets an error page at the address of a page", async () => {
    const { loginUrl } = await startSandbox();
    const answer = await send(`${loginUrl}/auth/realms/other/protocol/openid-connect/auth`, {});
    expectErrorPage(answer, 404);
  });
});
