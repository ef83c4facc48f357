import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { Sandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { authorizationOf, berlin, clientFor, errorOf, send, startSandbox } from "./support.js";

const ORDER = JSON.stringify({ caller: "e0", callee: berlin("000") });

interface Raw {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
}

/** A request to place a call on classic that differs in one respect. */
function order(
  { baseUrl, classic }: Sandbox,
  { method = "POST", path = "/sessions/calls", headers, body }: Raw,
) {
  return send(`${baseUrl}${path}`, {
    method,
    headers: { authorization: authorizationOf(classic), "content-type": "application/json", ...headers },
    ...(method === "GET" ? {} : { body: body ?? ORDER }),
  });
}

/** Sends raw bytes. Resolves with all that comes back until the connection is closed. */
function sendBytes({ baseUrl }: Sandbox, bytes: string | Buffer, end = true): Promise<string> {
  const socket = connect(Number(new URL(baseUrl).port), "127.0.0.1");
  if (end) socket.end(bytes);
  else socket.write(bytes);
  return text(socket);
}

async function expectAlive(sandbox: Sandbox): Promise<void> {
  expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
}

describe("paths and methods", () => {
  it.each([
    "/nothing",
    "/sessions",
    "/sessions/calls/",
    "/sessions//calls",
    "/calls/x/muted/y",
    "/__proto__",
    "/constructor/devices/x",
    "/../v1/balance",
    `/${"a/".repeat(500)}`,
  ])("The path %s gives 404", async (path) => {
    const sandbox = await startSandbox();
    expect((await order(sandbox, { method: "GET", path })).status).toBe(404);
  });

  it.each([
    ["GET", "/sessions/calls", "POST"],
    ["PUT", "/calls", "GET, POST"],
    ["POST", "/calls/x", "DELETE"],
    ["POST", "/calls/x/muted", "PUT"],
    ["DELETE", "/balance", "GET"],
    ["PATCH", "/w0/devices", "GET"],
  ])("%s %s gives 405 and names the allowed methods", async (method, path, allow) => {
    const sandbox = await startSandbox();
    const answer = await order(sandbox, { method, path });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")?.split(", ").sort().join(", ")).toBe(allow);
  });

  it("A percent sign that encodes nothing gives 400", async () => {
    const sandbox = await startSandbox();
    expect((await order(sandbox, { method: "GET", path: "/%zz/devices" })).status).toBe(400);
    expect((await order(sandbox, { method: "GET", path: "/%ff/devices" })).status).toBe(400);
  });

  it("Of a target in absolute form, as proxies receive it, only the path counts", async () => {
    const sandbox = await startSandbox();
    const answer = await sendBytes(
      sandbox,
      [
        "POST https://api.sipgate.com/v2/sessions/calls HTTP/1.1",
        "Host: api.sipgate.com",
        `Authorization: ${authorizationOf(sandbox.classic)}`,
        "Content-Type: application/json",
        `Content-Length: ${ORDER.length}`,
        "Connection: close",
        "",
        ORDER,
      ].join("\r\n"),
      false,
    );
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(sandbox.requests).toMatchObject([{ method: "POST", path: "/v2/sessions/calls", status: 200 }]);
  });
});

describe("bodies", () => {
  it.each([
    "{",
    "",
    "nonsense",
    `${ORDER}x`,
    '{"caller":"e0","callee":"+4930',
    Buffer.from([0x22, 0xff, 0x22]),
    Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
    "[".repeat(50_000),
  ])("A body that isn't JSON in UTF-8 gives 400 (%#)", async (body) => {
    const sandbox = await startSandbox();
    const answer = await order(sandbox, { body });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).status).toBe(400);
    expect(sandbox.calls).toEqual([]);
    await expectAlive(sandbox);
  });

  it("The error for a body that isn't UTF-8 says so", async () => {
    const sandbox = await startSandbox();
    const answer = await order(sandbox, { body: Buffer.from(ORDER.replace("+", "\xff"), "latin1") });
    expect(errorOf(answer).detail).toBe("The body is not valid UTF-8.");
  });

  it("A body may start with a byte order mark", async () => {
    const sandbox = await startSandbox();
    expect((await order(sandbox, { body: `\ufeff${ORDER}` })).status).toBe(200);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "A body with the key %s is as any with an unknown field: refused if the sandbox is strict, else taken",
    async (key) => {
      const sandbox = await startSandbox({ strict: true });
      const body = `{"${key}":{"caller":"e0"},${ORDER.slice(1)}`;
      const answer = await order(sandbox, { body });
      expect(answer.status).toBe(400);
      expect(errorOf(answer).source).toEqual({ pointer: `/${key}` });
      expect((await order(sandbox, { body: `{"__proto__":${ORDER}}` })).status).toBe(400);
      expect(sandbox.calls).toEqual([]);
      const lenient = await startSandbox();
      expect((await order(lenient, { body })).status).toBe(200);
      expect((await order(lenient, { body: `{"__proto__":${ORDER}}` })).status).toBe(400);
      expect(lenient.calls).toMatchObject([{ caller: "e0" }]);
    },
  );

  it.each([
    { "content-type": "" },
    { "content-type": "text/plain" },
    { "content-type": "application/x-www-form-urlencoded" },
    { "content-type": "application/jsonp" },
    { "content-type": "application/json; charset=utf-16" },
    { "content-type": "application/json; charset=iso-8859-1" },
    { "content-encoding": "gzip" },
  ])("A body of another type gives 415: %j", async (headers) => {
    const sandbox = await startSandbox();
    expect((await order(sandbox, { headers })).status).toBe(415);
    expect(sandbox.calls).toEqual([]);
  });

  it.each(["application/json;charset=UTF-8", 'APPLICATION/JSON; charset="utf-8"'])(
    "The type of a body may be %s",
    async (type) => {
      const sandbox = await startSandbox();
      expect((await order(sandbox, { headers: { "content-type": type } })).status).toBe(200);
    },
  );

  it.each([65_537, 10_000_000])("A body of %d bytes gives 413", async (length) => {
    const sandbox = await startSandbox();
    const body = `{"caller":"${"e".repeat(length - 13)}"}`;
    expect((await order(sandbox, { body })).status).toBe(413);
    await expectAlive(sandbox);
  });

  it("A body of 65536 bytes is accepted", async () => {
    const sandbox = await startSandbox();
    expect((await order(sandbox, { body: ORDER.padEnd(65_536) })).status).toBe(200);
  });
});

describe("bytes that are no HTTP, or half of it", () => {
  it.each([
    "hello\r\n\r\n",
    "GET\r\n\r\n",
    "\0\0\0\0\r\n\r\n",
    "GET /v2/balance HTTP/9.9\r\n\r\n",
    "POST /v2/calls HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    "POST /v2/calls HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00]),
  ])("Bytes that are no HTTP request give 400 (%#)", async (bytes) => {
    const sandbox = await startSandbox();
    expect(await sendBytes(sandbox, bytes)).toMatch(/^HTTP\/1.1 400 /);
    await expectAlive(sandbox);
  });

  it("Headers that are too long give 431", async () => {
    const sandbox = await startSandbox();
    const answer = await sendBytes(
      sandbox,
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
      false,
    );
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    await expectAlive(sandbox);
  });

  it("A request that breaks off places no call", async () => {
    const sandbox = await startSandbox();
    const head = [
      "POST /v2/sessions/calls HTTP/1.1",
      "Host: localhost",
      `Authorization: ${authorizationOf(sandbox.classic)}`,
      "Content-Type: application/json",
      `Content-Length: ${ORDER.length}`,
      "",
      ORDER.slice(0, 10),
    ];
    await sendBytes(sandbox, head.join("\r\n"));
    await expectAlive(sandbox);
    expect(sandbox.calls).toEqual([]);
  });

  it("A tunnel is refused", async () => {
    const sandbox = await startSandbox();
    const answer = await sendBytes(
      sandbox,
      "CONNECT api.sipgate.com:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
      false,
    );
    expect(answer).toMatch(/^HTTP\/1.1 405 /);
    await expectAlive(sandbox);
  });

  it.each(["*", "x:y", "//", "http://", "https://api.sipgate.com", "/x?a=%zz"])(
    "The target %s gives a 4xx",
    async (target) => {
      const sandbox = await startSandbox();
      const request = `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
      expect(await sendBytes(sandbox, request, false)).toMatch(/^HTTP\/1.1 4\d\d /);
      await expectAlive(sandbox);
    },
  );
});
