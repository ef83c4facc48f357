import { describe, expect, it } from "vitest";
import { authorizationOf, berlin, clientFor, errorOf, send, startSandbox, tokenNamed } from "./support.js";

const CLASSIC_CALL = { caller: "e0", callee: berlin("000") };
const NEO_CALL = { deviceId: "e0", targetNumber: berlin("000") };

describe("credentials", () => {
  it("Credentials have the form that sipgate's own library accepts", async () => {
    const { accounts } = await startSandbox();
    for (const { tokenId, token } of accounts) {
      if (tokenId === undefined) continue;
      expect(tokenId).toMatch(/^token-[a-zA-Z0-9]{6}$/);
      expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it("Names are unique, and so are ids, except for the one with a wrong password", async () => {
    const { accounts } = await startSandbox();
    expect(new Set(accounts.map(({ name }) => name)).size).toBe(accounts.length);
    expect(new Set(accounts.map(({ token }) => token)).size).toBe(accounts.length);
    const ids = accounts.flatMap(({ name, tokenId }) => (name === "classic-wrong-password" ? [] : [tokenId]));
    expect(new Set(ids.filter((id) => id !== undefined)).size).toBe(
      ids.filter((id) => id !== undefined).length,
    );
  });

  it("The credentials of the default accounts are those in the list", async () => {
    const sandbox = await startSandbox();
    for (const name of ["classic", "neo"] as const) {
      const { tokenId, token } = tokenNamed(sandbox, name);
      expect(sandbox[name]).toEqual({ baseUrl: sandbox.baseUrl, tokenId, token });
    }
  });

  it.each(["classic-wrong-password", "unknown", "classic-bearer-expired"])(
    "The token %s gives 401",
    async (name) => {
      const sandbox = await startSandbox();
      const answer = await clientFor(sandbox, name)("GET", "/authorization/userinfo");
      expect(answer.status).toBe(401);
      expect(errorOf(answer)).toMatchObject({ status: 401, title: "Unauthorized" });
    },
  );

  it.each([
    undefined,
    "",
    "Basic",
    "Basic !!!",
    "Basic dG9rZW4tQ0xBU1ND",
    "Bearer x.y.z",
    "Digest username=x",
    "Basic a b",
  ])("The Authorization header %j gives 401", async (header) => {
    const { baseUrl } = await startSandbox();
    const headers: Record<string, string> = header === undefined ? {} : { authorization: header };
    expect((await send(`${baseUrl}/balance`, { headers })).status).toBe(401);
  });

  it.each([
    ["classic-bearer", "CLASSIC_PBX", "/groups"],
    ["neo-bearer", "NEO_PBX", "/channels"],
  ])("%s is a JWT that names its platform, and works", async (name, featureScope, path) => {
    const sandbox = await startSandbox();
    const [, claims = ""] = tokenNamed(sandbox, name).token.split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({ featureScope });
    expect((await clientFor(sandbox, name)("GET", path)).status).toBe(200);
  });
});

describe("special accounts", () => {
  it("A password that must be reset gives a 403 that says so", async () => {
    const sandbox = await startSandbox();
    const answer = await clientFor(sandbox, "classic-password-reset")(
      "POST",
      "/sessions/calls",
      CLASSIC_CALL,
    );
    expect(answer.status).toBe(403);
    expect(errorOf(answer).detail).toMatch(/password.*reset/i);
  });

  it("A rate limit gives 429 with Retry-After", async () => {
    const sandbox = await startSandbox();
    const answer = await clientFor(sandbox, "classic-rate-limited")("POST", "/sessions/calls", CLASSIC_CALL);
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("30");
    expect(sandbox.calls).toEqual([]);
  });

  it("A broken server gives 500 with a page instead of JSON", async () => {
    const sandbox = await startSandbox();
    const answer = await clientFor(sandbox, "classic-broken-server")("GET", "/balance");
    expect(answer.status).toBe(500);
    expect(answer.headers.get("content-type")).toBe("text/html");
  });
});

describe("scopes", () => {
  it.each([
    ["classic", "sessions:calls:write", "POST", "/sessions/calls", CLASSIC_CALL],
    ["classic", "rtcm:read", "GET", "/calls", undefined],
    ["classic", "rtcm:write", "DELETE", "/calls/x", undefined],
    ["classic", "devices:read", "GET", "/w0/devices", undefined],
    ["classic", "devices:read", "GET", "/devices/e0", undefined],
    ["classic", "numbers:read", "GET", "/numbers", undefined],
    ["classic", "balance:read", "GET", "/balance", undefined],
    ["classic", "history:read", "GET", "/history", undefined],
    ["classic", "callrestrictions:read", "GET", "/callrestrictions", undefined],
    ["classic", "groups:read", "GET", "/groups", undefined],
    ["neo", "rtcm:write", "POST", "/calls", NEO_CALL],
    ["neo", "rtcm:read", "GET", "/calls", undefined],
    ["neo", "devices:read", "GET", "/w0/devices", undefined],
    ["neo", "channels:read", "GET", "/channels", undefined],
    ["neo", "channels:read", "GET", "/channels/channel-main/events", undefined],
  ])("%s without %s gets a 403 for %s %s", async (platform, scope, method, path, body) => {
    const sandbox = await startSandbox();
    const answer = await clientFor(sandbox, `${platform}-without-${scope}`)(method, path, body);
    expect(answer.status).toBe(403);
    expect(errorOf(answer).detail).toContain(scope);
    expect(sandbox.calls).toEqual([]);
    const other = scope === "balance:read" ? "numbers:read" : "balance:read";
    expect(
      (await clientFor(sandbox, `${platform}-without-${scope}`)("GET", `/${other.split(":")[0]}`)).status,
    ).toBe(200);
  });

  it("userinfo needs no scope", async () => {
    const sandbox = await startSandbox();
    const answer = await clientFor(sandbox, "neo-without-rtcm:read")("GET", "/authorization/userinfo");
    expect(answer.json).toEqual({
      sub: "w0",
      domain: "sipgate.de",
      masterSipId: "2000000",
      locale: "de_DE",
    });
  });

  it("The narrowest scope suffices", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "classic-without-balance:read");
    expect((await client("POST", "/sessions/calls", CLASSIC_CALL)).status).toBe(200);
  });
});

describe("secrets", () => {
  it("The log of requests has no credentials", async () => {
    const sandbox = await startSandbox();
    const { baseUrl, classic } = sandbox;
    await send(`${baseUrl}/balance?x=1`, { headers: { authorization: authorizationOf(classic) } });
    expect(sandbox.requests).toMatchObject([
      { method: "GET", path: "/v2/balance", query: "x=1", status: 200 },
    ]);
    expect(JSON.stringify(sandbox.requests)).not.toContain(classic.token);
  });
});
