import { describe, expect, it } from "vitest";
import { authorizationOf, berlin, clientFor, errorOf, placeClassic, send, startSandbox } from "./support.js";

/** The text of a page, without its markup. */
function textOf(html: string): string {
  return html
    .replace(/<style>[^<]*<\/style>/, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
}

describe("the start page", () => {
  it("The page says what it is, and has the default credentials and the addresses", async () => {
    const { loginUrl, baseUrl, classic, neo } = await startSandbox();
    const page = await send(loginUrl, {});
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    const text = textOf(page.text);
    for (const part of [
      baseUrl,
      classic.tokenId,
      classic.token,
      neo.tokenId,
      "No call is running.",
      "+493023125486",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain("GET /v2/account");
    expect(text).toContain("No request has come in yet.");
  });

  it("The page shows running calls and recent requests, newest first, and none of its own", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "classic");
    await placeClassic(client, berlin("486"));
    await sandbox.clock.advance(60_000);
    await placeClassic(client, berlin("001"));
    await clientFor(sandbox, "neo")("POST", "/calls", { deviceId: "e3", targetNumber: berlin("000") });
    await sandbox.clock.advance(10_000);
    await client("GET", "/balance?state=secret");
    await send(sandbox.loginUrl, {});
    const text = textOf((await send(`${sandbox.loginUrl}/?again`, {})).text);
    expect(text).toContain(
      `Running calls Since Account Caller Callee State Legs 08:01:00 neo e3 ${berlin("000")} caller ringing ringing, waiting 08:01:00 classic e0 ${berlin("001")} connected answered, answered Calls that have ended Since Account Caller Callee State End 08:00:00 classic e0 ${berlin("486")} ended busy, by the callee Recent`,
    );
    expect(text).toContain(
      "At Request Status 08:01:10 GET /v2/balance 200 08:01:00 POST /v2/calls 200 08:01:00 POST /v2/sessions/calls 200 08:00:00 POST /v2/sessions/calls 200 Accounts",
    );
    expect(text).not.toContain("secret");
  });

  it("Each call has a page of its own, also when it has ended, until it's forgotten", async () => {
    const sandbox = await startSandbox();
    const id = await placeClassic(clientFor(sandbox, "classic"), berlin("486"));
    await sandbox.clock.advance(60_000);
    const link = /<a href="([^"]+)">08:00:00/.exec((await send(sandbox.loginUrl, {})).text)?.[1];
    expect(link).toBe(`/calls/${id}`);
    const text = textOf((await send(`${sandbox.loginUrl}${link}`, {})).text);
    expect(text).toContain(`e0 calls ${berlin("486")} Ended: busy, by the callee.`);
    expect(text).toContain("caller +496990009000 e0 released 08:00:00.500 08:00:02.500 e0 ");
    expect(text).toContain("No SIP message belongs to this call.");
    expect((await send(`${sandbox.loginUrl}/calls/nothing`, {})).status).toBe(404);
  });

  it("What requests contain is text on the page, and long paths are cut", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ how: "close", path: "/closed" });
    await send(`${sandbox.loginUrl}/<script>alert(1)</script>${"x".repeat(200)}`.replaceAll("<", "%3C"), {});
    await clientFor(sandbox, "classic")("GET", "/closed").catch(() => undefined);
    await send(`${sandbox.baseUrl}/'"&>`, {});
    const { text, headers } = await send(sandbox.loginUrl, {});
    expect(text).not.toContain("<script");
    expect(text).toContain("fault: close");
    expect(text).toContain("x…<");
    expect(text).toContain("/v2/&#39;%22&#38;%3E");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it("Only GET and HEAD of / are the page, and as a proxy the sandbox has none", async () => {
    const { loginUrl } = await startSandbox();
    expect(await send(loginUrl, { method: "HEAD" })).toMatchObject({ status: 200, text: "" });
    expect((await send(loginUrl, { method: "POST" })).status).toBe(404);
    expect((await send(`${loginUrl}/index.html`, {})).status).toBe(404);
  });
});

describe("paths that the sandbox lacks", () => {
  it.each(["/v2/addresses", "/v2/w0/sms", "/v3/labels", "/v1/balance", "/balance"])(
    "The 404 of %s says that it's the sandbox's, and where to look",
    async (path) => {
      const sandbox = await startSandbox();
      const headers = { authorization: authorizationOf(sandbox.classic) };
      const answer = await send(`${sandbox.loginUrl}${path}`, { headers });
      expect(answer.status).toBe(404);
      expect(errorOf(answer).detail).toMatch(/^The sandbox has nothing at this path; sipgate may/);
    },
  );

  it("What isn't known at a path that it has is told apart", async () => {
    const sandbox = await startSandbox();
    const answer = await clientFor(sandbox, "classic")("GET", "/users/w7");
    expect([answer.status, errorOf(answer).detail]).toEqual([404, "User not found."]);
  });

  it("The login says so in its own form", async () => {
    const { loginUrl } = await startSandbox();
    const answer = await send(`${loginUrl}/auth/realms/third-party/protocol/openid-connect/userinfo`, {});
    expect(answer.status).toBe(404);
    expect(answer.json.error_description).toMatch(
      /^The sandbox's login has nothing at this path; sipgate's may/,
    );
  });
});
