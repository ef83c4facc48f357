// Who may use a sandbox: its tokens are public, so a web page of anybody else must not reach it.
import { request as requestPlainly } from "node:http";
import { request as requestSecurely } from "node:https";
import type { Sandbox, SandboxOptions } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { postForm, showLogin } from "./login-support.js";
import { authorizationOf, berlin, send, startSandbox } from "./support.js";

const FOREIGN = "https://evil.example";
const ORDER = JSON.stringify({ caller: "e0", callee: berlin("000") });

interface Asked {
  readonly method?: string;
  /** The request target as it's sent. */
  readonly target?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Got {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly text: string;
}

/** Unlike fetch, this sends any Host, Origin and target. */
function ask(origin: string, { method = "GET", target = "/v2/balance", headers, body }: Asked): Promise<Got> {
  const { protocol, hostname, port } = new URL(origin);
  const request = protocol === "https:" ? requestSecurely : requestPlainly;
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path: target, rejectUnauthorized: false };
    const sent = request({ ...options, ...(headers === undefined ? {} : { headers }) }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    sent.on("error", reject).end(body);
  });
}

/** Places a call on classic from a web page, or by another name. */
function place(sandbox: Sandbox, headers: Record<string, string>, target = "/v2/sessions/calls") {
  const json = { "content-type": "application/json", authorization: authorizationOf(sandbox.classic) };
  return ask(sandbox.loginUrl, { method: "POST", target, headers: { ...json, ...headers }, body: ORDER });
}

describe("the host that a request names", () => {
  it.each(["localhost", "localhost:8888", "LOCALHOST.", "127.0.0.1", "127.8.9.1:1", "[::1]", "[::1]:8888"])(
    "%s is this machine",
    async (host) => {
      const sandbox = await startSandbox();
      expect((await place(sandbox, { host })).status).toBe(200);
    },
  );

  it.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "api.sipgate.com",
    "10.0.0.7",
    "[::2]",
    "user@localhost",
    "localhost/",
    "local host",
    "localhost:port",
  ])("%j is refused, as after DNS rebinding, and the request has no effect", async (host) => {
    const sandbox = await startSandbox();
    const answer = await place(sandbox, { host });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("--allow-host");
    expect(sandbox.calls).toEqual([]);
    expect(sandbox.requests).toMatchObject([{ path: "/v2/sessions/calls", status: 403 }]);
  });

  it.each([
    "/v2/balance",
    "/auth/realms/third-party/protocol/openid-connect/auth",
    "/faults",
    "/push-public-key.pem",
    "/v2/settings/sipgateio",
    "/",
    "/nothing",
  ])("A wrong host is refused at %s", async (target) => {
    const { loginUrl } = await startSandbox();
    expect((await ask(loginUrl, { target, headers: { host: "evil.example" } })).status).toBe(403);
  });

  it("A wrong host is refused by the servers with certificates, too", async () => {
    const sandbox = await startSandbox();
    const { origin } = new URL(await sandbox.endpoint("trusted"));
    expect((await ask(origin, { headers: { host: "evil.example" } })).status).toBe(403);
    expect((await ask(origin, { headers: { host: "localhost" } })).status).toBe(401);
  });

  it("allowHosts adds names and addresses", async () => {
    const sandbox = await startSandbox({ allowHosts: ["Sandbox.Internal", "10.0.0.7", "fd00::7"] });
    for (const host of ["sandbox.internal:80", "10.0.0.7", "[fd00::7]:9", "localhost"]) {
      expect((await place(sandbox, { host })).status).toBe(200);
    }
    expect((await place(sandbox, { host: "internal" })).status).toBe(403);
  });

  it("A sandbox that listens on all addresses takes any address, but no name", async () => {
    const sandbox = await startSandbox({ host: "0.0.0.0" });
    expect((await place(sandbox, { host: "192.0.2.7:8888" })).status).toBe(200);
    expect((await place(sandbox, { host: "evil.example:8888" })).status).toBe(403);
  });

  it("As a proxy it stands in for sipgate's hosts only, whatever Host says", async () => {
    const sandbox = await startSandbox();
    const at = (origin: string) => place(sandbox, { host: "api.sipgate.com" }, `${origin}/v2/sessions/calls`);
    expect((await at("https://api.sipgate.com")).status).toBe(200);
    expect((await at("HTTPS://API.sipgate.com:443")).status).toBe(200);
    expect((await at("https://login.sipgate.com")).status).toBe(200);
    for (const other of [
      "http://evil.example",
      "https://api.sipgate.com.evil.example",
      "https://x@api.sipgate.com",
    ]) {
      expect([other, (await at(other)).status]).toEqual([other, 403]);
    }
    expect(sandbox.calls).toHaveLength(3);
  });

  it.each([
    [{ allowHosts: ["evil.example:80"] }, "allowHosts[0] must be a host name"],
    [{ allowHosts: ["a", "b/c"] }, "allowHosts[1] must be a host name"],
    [{ allowHosts: "a" }, "allowHosts must be a list"],
    [{ cors: ["*"] }, "cors[0] must be one origin"],
    [{ cors: ["null"] }, "cors[0] must be one origin"],
    [{ cors: ["https://app.example/path"] }, "cors[0] must be one origin"],
    [{ cors: [7] }, "cors[0] must be a string"],
  ])("The options %j are refused", async (options, message) => {
    await expect(startSandbox(options as unknown as SandboxOptions)).rejects.toThrow(message);
  });
});

describe("the web page that a request comes from", () => {
  it.each(["http://localhost:3000", "http://127.0.0.1:5173", "http://[::1]:80", "https://localhost"])(
    "A page of this machine, %s, may use the sandbox and read its responses",
    async (origin) => {
      const sandbox = await startSandbox();
      const answer = await place(sandbox, { origin });
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({ "access-control-allow-origin": origin, vary: "Origin" });
      const refused = await ask(sandbox.loginUrl, { headers: { origin } });
      expect(refused.status).toBe(401);
      expect(refused.headers["access-control-allow-origin"]).toBe(origin);
    },
  );

  it.each([
    FOREIGN,
    "null",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example:3000",
    "https://api.sipgate.com",
    "file://",
    "chrome-extension://abcdefgh",
    "",
  ])("A request from a page at %j is refused and has no effect", async (origin) => {
    const sandbox = await startSandbox();
    const answer = await place(sandbox, { origin });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("--cors");
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    expect(sandbox.calls).toEqual([]);
  });

  it("A foreign page can't add faults or answer the login, even by requests without a preflight", async () => {
    const sandbox = await startSandbox();
    const simple = { "content-type": "text/plain", origin: FOREIGN };
    const fault = { method: "POST", target: "/faults", headers: simple, body: '{"how":"reset"}' };
    expect((await ask(sandbox.loginUrl, fault)).status).toBe(403);
    expect(sandbox.faults.all).toEqual([]);
    const { attempt, cookie } = await showLogin(sandbox);
    const login = `${sandbox.loginUrl}/auth/realms/sipgate-apps/login-actions/authenticate`;
    const { username = "", password = "" } = sandbox.logins[0] ?? {};
    const form = { attempt, username, password };
    expect((await postForm(login, form, { cookie, origin: FOREIGN })).status).toBe(403);
    expect((await postForm(login, form, { cookie, origin: sandbox.loginUrl })).status).toBe(200);
  });

  it("A browser's preflight is answered for pages that may use the sandbox, and meets no fault", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ how: "reset" });
    const preflight = (origin: string) =>
      ask(sandbox.loginUrl, {
        method: "OPTIONS",
        target: "/v2/sessions/calls",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type",
        },
      });
    const answer = await preflight("http://localhost:3000");
    expect(answer).toMatchObject({ status: 204, text: "" });
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": "http://localhost:3000",
      "access-control-allow-methods": "GET, POST, PUT, DELETE",
      "access-control-allow-headers": "authorization,content-type",
    });
    expect((await preflight(FOREIGN)).status).toBe(403);
    expect(sandbox.faults.all).toMatchObject([{ hits: 0 }]);
  });

  it("cors allows other pages, each by its origin", async () => {
    const sandbox = await startSandbox({ cors: ["https://App.example:443", "chrome-extension://abcdefgh"] });
    for (const origin of ["https://app.example", "chrome-extension://abcdefgh"]) {
      expect((await place(sandbox, { origin })).status).toBe(200);
    }
    for (const origin of [
      "http://app.example",
      "https://app.example:444",
      "https://x.app.example",
      FOREIGN,
    ]) {
      expect((await place(sandbox, { origin })).status).toBe(403);
    }
  });

  it("The sandbox's own pages may use it by whichever name it's reached", async () => {
    const sandbox = await startSandbox({ allowHosts: ["sandbox.internal"] });
    const host = "sandbox.internal:8888";
    expect((await place(sandbox, { host, origin: `http://${host}` })).status).toBe(200);
    expect((await place(sandbox, { host, origin: "http://sandbox.internal:9999" })).status).toBe(403);
  });

  it("A program that isn't a browser names no origin, and gets no headers for browsers", async () => {
    const sandbox = await startSandbox();
    const answer = await send(`${sandbox.baseUrl}/balance`, {
      headers: { authorization: authorizationOf(sandbox.classic) },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});
