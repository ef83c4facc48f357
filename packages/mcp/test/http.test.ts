// The tools over HTTP: for who has the token, by both eras of the protocol.
import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMAND, connectOverHttp, settingsOf } from "./agents.js";

const TOKEN = "a-token-of-the-test";

let sandbox: Sandbox;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  sandbox = await createSandbox({ clock: "manual" });
  const env = { ...settingsOf(sandbox, { callsAtOnce: 10 }), SIPGATE_MCP_TOKEN: TOKEN };
  const args = [COMMAND, "--http", "0", "--allow-host", "calls.example"];
  server = spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "pipe"] });
  url = await new Promise<string>((resolve) => {
    server.stderr?.on("data", (data) => {
      const found = /http:\/\/\S+\/mcp/.exec(String(data))?.[0];
      if (found !== undefined) resolve(found);
    });
  });
});
afterAll(async () => {
  server.kill();
  await sandbox.close();
});

function post(headers: Readonly<Record<string, string>>, path = url): Promise<Response> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" });
  return fetch(path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
}

describe.each(["old", "new"] as const)("over HTTP, in the %s era", (era) => {
  it("a call is planned, said yes to by a person who is asked there, and placed once", async () => {
    const asked: string[] = [];
    const agent = await connectOverHttp(url, TOKEN, era, (message) => {
      asked.push(message);
      return "yes";
    });
    const before = sandbox.calls.length;
    const plan = await agent.use("plan_call", { callee: "+493023125001" });
    const { token } = plan.data.plan;
    const placed = await agent.use("place_call", { token });
    expect(placed).toMatchObject({ isError: false, data: { yesBy: "client" } });
    expect(await agent.use("place_call", { token })).toMatchObject({ data: { call: { repeated: true } } });
    expect(asked).toHaveLength(1);
    expect(sandbox.calls).toHaveLength(before + 1);
    await agent.close();
  });

  it("the names of tools are short enough for every program that uses them", async () => {
    const agent = await connectOverHttp(url, TOKEN, era, undefined);
    const names = (await agent.tools()).map(({ name }) => name);
    expect(names).toHaveLength(9);
    expect(names.filter((name) => !/^[a-z_]{1,28}$/.test(name))).toEqual([]);
    await agent.close();
  });
});

describe("nobody is let in", () => {
  const authorization = `Bearer ${TOKEN}`;

  it.each([
    ["without a token", {}, 401],
    ["with another token", { authorization: `${authorization}x` }, 401],
    ["with the token alone", { authorization: TOKEN }, 401],
    ["with the token of another scheme", { authorization: `Basic ${TOKEN}` }, 401],
    ["with two tokens", { authorization: `${authorization}, ${authorization}` }, 401],
    ["from a web page of another origin", { authorization, origin: "https://evil.example" }, 403],
    [
      "from a web page at another port of this machine",
      { authorization, origin: "http://localhost:3000" },
      403,
    ],
    ["from an extension of a browser", { authorization, origin: "chrome-extension://localhost" }, 403],
  ])("%s", async (_, headers, status) => {
    const response = await post(headers);
    expect(response.status).toBe(status);
  });

  it("by another name than this machine's, except the proxy's", async () => {
    const statusFor = (host: string) =>
      new Promise((resolve) => {
        const { port } = new URL(url);
        const child = request({ port, host: "127.0.0.1", path: "/mcp", headers: { host, authorization } });
        child.on("response", (response) => resolve(response.resume().statusCode)).end();
      });
    expect(await statusFor("rebound.example")).toBe(403);
    expect(await statusFor("calls.example")).not.toBe(403);
    expect(await statusFor("calls.example@127.0.0.1")).toBe(403);
  });

  it.each(["//", "//evil.example/mcp", "http://evil.example/mcp", "/mcp/../mcp", "/mcp/"])(
    "to the path %s, which isn't the tools'",
    async (path) => {
      const status = await new Promise((resolve) => {
        const child = request({
          port: new URL(url).port,
          host: "127.0.0.1",
          path,
          headers: { authorization },
        });
        child.on("response", (response) => resolve(response.resume().statusCode)).end();
      });
      expect(status).toBe(404);
    },
  );

  it.each([`bearer ${TOKEN}`, `BEARER ${TOKEN}`, `Bearer  ${TOKEN} `])(
    "but with %j they are, since the scheme is written in any case",
    async (given) => {
      expect((await post({ authorization: given })).status).not.toBe(401);
    },
  );

  it.each(["TRACE", "PUT", "OPTIONS", "PROPFIND"])("by the method %s", async (method) => {
    const status = await new Promise((resolve) => {
      const { port } = new URL(url);
      const child = request({ port, host: "127.0.0.1", path: "/mcp", method, headers: { authorization } });
      child.on("response", (response) => resolve(response.resume().statusCode)).end();
    });
    expect(status).toBe(405);
  });

  it("but a page of the proxy's own origin isn't kept out", async () => {
    expect((await post({ authorization, origin: "https://calls.example" })).status).not.toBe(403);
    expect((await post({ authorization, origin: new URL(url).origin })).status).not.toBe(403);
  });
});
