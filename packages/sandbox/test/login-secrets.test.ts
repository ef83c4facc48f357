import { describe, expect, it } from "vitest";
import { codeFor, issuerOf, openLogin, redeem, refresh, STATE, signIn, tokensIn } from "./login-support.js";
import { authorizationOf, send, startSandbox } from "./support.js";

describe("the log of requests", () => {
  it("The log of requests has no secrets of a sign-in", async () => {
    const sandbox = await startSandbox();
    const tokens = tokensIn(await redeem(sandbox, await codeFor(sandbox)));
    await refresh(sandbox, tokens.refresh);
    expect(sandbox.requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      "GET /auth/realms/sipgate-apps/protocol/openid-connect/auth 200",
      "POST /auth/realms/sipgate-apps/login-actions/authenticate 200",
      "POST /auth/realms/sipgate-apps/login-actions/consent 302",
      "POST /auth/realms/sipgate-apps/protocol/openid-connect/token 200",
      "POST /auth/realms/sipgate-apps/protocol/openid-connect/token 200",
    ]);
    const [auth] = sandbox.requests;
    expect(auth?.query).toContain("&scope=balance%3Aread&state=redacted&code_challenge=redacted&");
    expect(JSON.stringify(sandbox.requests)).not.toContain(STATE);
  });

  it("The log of requests has no secrets from a query, in any spelling", async () => {
    const sandbox = await startSandbox();
    const query =
      "a=b&code=s3cret&c%6fde=s3cret&Client_Secret=s3cret&refresh_token=s3cret&code=s3cret&&token&password=s3cret#x";
    await send(`${issuerOf(sandbox)}/protocol/openid-connect/token?${query}`, {});
    await send(`${sandbox.baseUrl}/balance?access_token=s3cret&x=1`, {
      headers: { authorization: authorizationOf(sandbox.classic) },
    });
    expect(sandbox.requests.map((request) => request.query)).toEqual([
      "a=b&code=redacted&code=redacted&Client_Secret=redacted&refresh_token=redacted&code=redacted&&token=redacted&password=redacted",
      "access_token=redacted&x=1",
    ]);
  });
});

describe("faults", () => {
  it("A fault of the login has the whole path: tokens are issued, and never arrive", async () => {
    const sandbox = await startSandbox();
    const { refresh: token } = await signIn(sandbox);
    const path = "/auth/realms/{realm}/protocol/openid-connect/token";
    sandbox.faults.add({ how: "reset", path, carriedOut: true });
    expect((await openLogin(sandbox)).status).toBe(200);
    await expect(refresh(sandbox, token)).rejects.toThrow();
    expect((await refresh(sandbox, token)).json).toMatchObject({ error: "invalid_grant" });
  });
});
