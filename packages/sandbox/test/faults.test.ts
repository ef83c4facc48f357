import { get as getSecurely } from "node:https";
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import type { EndpointKind, Fault, Sandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { FAULT_KINDS } from "../src/faults/fault.js";
import { authorizationOf, berlin, clientFor, errorOf, send, startSandbox, tokenNamed } from "./support.js";

const BALANCE = { method: "GET", path: "/balance" };

/** Sends a request on a new connection. Resolves with all that comes back, and whether the connection was reset. */
function raw(sandbox: Sandbox, enough = (_: Buffer) => false): Promise<{ bytes: Buffer; reset: boolean }> {
  const authorization = authorizationOf(tokenNamed(sandbox, "classic"));
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(sandbox.baseUrl).port), "127.0.0.1");
    let bytes = Buffer.alloc(0);
    let reset = false;
    socket.on("data", (data) => {
      bytes = Buffer.concat([bytes, data]);
      if (enough(bytes)) socket.destroy();
    });
    socket.on("error", () => {
      reset = true;
    });
    socket.on("close", () => resolve({ bytes, reset }));
    socket.write(
      `GET /v2/balance HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\nConnection: keep-alive\r\n\r\n`,
    );
  });
}

async function answered(fault: Fault, enough?: (bytes: Buffer) => boolean): Promise<string> {
  const sandbox = await startSandbox();
  sandbox.faults.add({ ...BALANCE, ...fault });
  const { bytes } = await raw(sandbox, enough);
  return bytes.toString("latin1");
}

/** Whether the body is as long as the head says. */
function isComplete(bytes: Buffer): boolean {
  const text = bytes.toString("latin1");
  const [, length] = /\r\ncontent-length: (\d+)\r\n/i.exec(text) ?? [];
  return length !== undefined && body(text).length >= Number(length);
}

const body = (answer: string): string => answer.slice(answer.indexOf("\r\n\r\n") + 4);
const JSON_BODY = '{"amount":123400,"currency":"EUR"}';

describe("how a request fails", () => {
  it("reset: the connection is reset", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ how: "reset" });
    expect(await raw(sandbox)).toEqual({ bytes: Buffer.alloc(0), reset: true });
  });

  it("close: the connection is closed", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ how: "close" });
    expect(await raw(sandbox)).toEqual({ bytes: Buffer.alloc(0), reset: false });
  });

  it("silence: the connection stays open until the sandbox closes", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ how: "silence" });
    const answer = raw(sandbox);
    await expect.poll(() => sandbox.requests.length).toBe(1);
    await sandbox.close();
    expect((await answer).bytes).toHaveLength(0);
  });

  it("garbage: the response isn't HTTP", async () => {
    expect(await answered({ how: "garbage" })).toBe("220 sandbox.invalid ESMTP\r\n");
  });

  it("headers-only: the head is sent without its body", async () => {
    const answer = await answered({ how: "headers-only" }, (bytes) => bytes.includes("\r\n\r\n"));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain("content-length: 64");
    expect(body(answer)).toBe("");
  });

  it("huge: the body has 100 MB", async () => {
    const answer = await answered({ how: "huge" }, (bytes) => bytes.length > 1_000_000);
    expect(answer).toContain(`content-length: ${100 * 1024 * 1024}`);
  });

  it("endless: the body has no length", async () => {
    const answer = await answered({ how: "endless" }, (bytes) => bytes.length > 1_000_000);
    expect(answer).toContain("Transfer-Encoding: chunked");
  });

  it("answer: the response has the given status, headers and body", async () => {
    const answer = await answered(
      { how: "answer", status: 302, headers: { location: "http://elsewhere.invalid/" }, body: "gone" },
      (bytes) => bytes.includes("gone"),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 302 Found\r\n/);
    expect(answer).toContain("\r\nlocation: http://elsewhere.invalid/\r\n");
  });

  it("answer: the true response is sent with another type", async () => {
    const headers = { "content-type": "text/html" };
    const answer = await answered({ how: "answer", carriedOut: true, headers }, (bytes) =>
      bytes.includes("}"),
    );
    expect(answer).toContain("\r\ncontent-type: text/html\r\n");
    expect(body(answer)).toBe(JSON_BODY);
  });

  it("dribble: the whole body is sent byte by byte", async () => {
    const answer = await answered({ how: "dribble", interval: 1 }, (bytes) => bytes.includes("}"));
    expect(body(answer)).toBe(JSON_BODY);
  });

  it("cut: half of the body is sent, then the connection is closed", async () => {
    const answer = await answered({ how: "cut" });
    expect(answer).toContain(`content-length: ${JSON_BODY.length}`);
    expect(body(answer)).toBe(JSON_BODY.slice(0, JSON_BODY.length / 2));
  });

  it("truncated: half of the body is sent as the whole", async () => {
    const answer = await answered({ how: "truncated" }, (bytes) => bytes.includes("{"));
    expect(answer).toContain(`content-length: ${JSON_BODY.length / 2}`);
  });

  it("gzip: the body is compressed", async () => {
    const answer = await answered({ how: "gzip" }, isComplete);
    expect(answer).toContain("content-encoding: gzip");
    expect(gunzipSync(Buffer.from(body(answer), "latin1")).toString()).toBe(JSON_BODY);
  });

  it("broken-gzip: the body claims to be compressed", async () => {
    const answer = await answered({ how: "broken-gzip" }, (bytes) => bytes.includes("}"));
    expect(answer).toContain("content-encoding: gzip");
    expect(body(answer)).toBe(JSON_BODY);
  });

  it("continue: 100 and 103 are sent first", async () => {
    const answer = await answered({ how: "continue" }, (bytes) => bytes.includes("}"));
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 100", "HTTP/1.1 103", "HTTP/1.1 200"]);
  });

  it("http-1.0: the response has no length", async () => {
    const answer = await answered({ how: "http-1.0" });
    expect(answer).toMatch(/^HTTP\/1\.0 200 /);
    expect(answer).not.toContain("content-length");
    expect(body(answer)).toBe(JSON_BODY);
  });

  it("close-afterwards: the connection is closed without warning", async () => {
    const answer = await answered({ how: "close-afterwards" });
    expect(body(answer)).toBe(JSON_BODY);
    expect(answer).toContain("Connection: keep-alive");
  });
});

it("A request that breaks off does no harm, although its fault would send the true response", async () => {
  const sandbox = await startSandbox();
  sandbox.faults.add({ how: "gzip", method: "POST", path: "/sessions/calls" });
  const socket = connect(Number(new URL(sandbox.baseUrl).port), "127.0.0.1");
  const head = [
    "POST /v2/sessions/calls HTTP/1.1",
    "Host: localhost",
    `Authorization: ${authorizationOf(tokenNamed(sandbox, "classic"))}`,
    "Content-Type: application/json",
    "Content-Length: 100",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n{`);
  await expect.poll(() => sandbox.requests).toMatchObject([{ fault: "gzip", status: undefined }]);
  expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
});

describe("which requests fail", () => {
  it("A fault hits as many requests of its method and path as it says, after it has spared some", async () => {
    const sandbox = await startSandbox();
    const ask = clientFor(sandbox, "classic");
    const fault = sandbox.faults.add({
      how: "answer",
      method: "delete",
      path: "/calls/{callId}",
      skip: 1,
      times: 2,
    });
    await ask("GET", "/calls");
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await ask("DELETE", "/calls/nobody")).status);
    expect(statuses).toEqual([404, 503, 503, 404]);
    expect(fault.hits).toBe(2);
    expect(sandbox.requests.map((request) => request.fault)).toEqual([
      undefined,
      undefined,
      "answer",
      "answer",
      undefined,
    ]);
  });

  it("No request fails after the faults were cleared", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ how: "reset", times: 100 });
    sandbox.faults.clear();
    expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
  });

  it.each([false, true])(
    "A request that fails has its effect if carriedOut says so: %s",
    async (carriedOut) => {
      const sandbox = await startSandbox();
      sandbox.faults.add({ how: "reset", method: "POST", carriedOut });
      const order = { caller: "e0", callee: berlin("000") };
      await expect(clientFor(sandbox, "classic")("POST", "/sessions/calls", order)).rejects.toThrow();
      expect(sandbox.calls).toHaveLength(carriedOut ? 1 : 0);
    },
  );

  it("An invalid fault is refused, and the error names every problem", async () => {
    const { faults } = await startSandbox();
    const wrong = { how: "often", times: -1, status: 99, weather: "rain" } as unknown as Fault;
    expect(() => faults.add(wrong)).toThrow(/how must be one of reset.*times.*status.*weather is no such/);
    expect(() => faults.add({} as Fault)).toThrow("how must be one of");
    const header = { "x-y": "a\r\nb" };
    expect(() => faults.add({ how: "answer", headers: header })).toThrow("headers can't be sent");
  });
});

describe("faults that can't be carried out", () => {
  const post = async (sandbox: Sandbox, fault: unknown) =>
    send(sandbox.baseUrl.replace("/v2", "/faults"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fault),
    });

  it.each([
    [{ trailer: "z" }],
    [{ Trailer: "Expires" }],
    [{ "transfer-encoding": "chunked" }],
    [{ "Content-Length": "7" }],
    [{ "": "z" }],
    [{ "x y": "z" }],
    [{ "x:": "z" }],
    [{ x: "a\r\nb" }],
    [{ x: "\0" }],
    [{ x: "\u20ac" }],
    [{ x: 1 }],
    [{ x: ["a"] }],
    [{ "X-A": "1", "x-a": "2" }],
    [["x"]],
    ["x: y"],
    [null],
  ])("The headers %j are refused when the fault is added, and the sandbox lives on", async (headers) => {
    const sandbox = await startSandbox();
    const answer = await post(sandbox, { how: "answer", headers });
    expect([answer.status, errorOf(answer).detail]).toEqual([
      400,
      expect.stringContaining("The fault: headers "),
    ]);
    expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
  });

  it.each([
    { how: "dribble", interval: 2 ** 31 },
    { how: "dribble", interval: 1e300 },
    { how: "answer", status: 101 },
    { how: "answer", status: 600 },
    { how: "answer", body: 7 },
    { how: "answer", body: null },
    [{ how: "answer" }],
    [],
    null,
    "answer",
  ])("The fault %j is refused, and the sandbox lives on", async (fault) => {
    const sandbox = await startSandbox();
    expect((await post(sandbox, fault)).status).toBe(400);
    expect(sandbox.faults.all).toEqual([]);
    expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
  });

  it.each(FAULT_KINDS)(
    "The fault %s of a HEAD request ends with it, and the sandbox lives on",
    async (how) => {
      const sandbox = await startSandbox();
      sandbox.faults.add({ how });
      const socket = connect(Number(new URL(sandbox.baseUrl).port), "127.0.0.1");
      socket.on("error", () => socket.destroy());
      socket.resume().end("HEAD /v2/balance HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      await expect.poll(() => sandbox.requests).toMatchObject([{ method: "HEAD", fault: how }]);
      expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
    },
  );

  it("A header takes the place of the true response's, whatever its case", async () => {
    const headers = { "Content-Type": "text/plain" };
    const answer = await answered({ how: "answer", carriedOut: true, headers }, (bytes) =>
      bytes.includes("}"),
    );
    expect(answer.match(/content-type: .*/gi)).toEqual(["content-type: text/plain"]);
  });

  it("A thousand faults are kept; those that have hit all their requests make room", async () => {
    const { faults } = await startSandbox();
    faults.add({ how: "close" });
    const used = faults.add({ how: "close", times: 0 });
    for (let count = 2; count < 1_000; count += 1) faults.add({ how: "close" });
    const last = faults.add({ how: "reset" });
    expect(faults.all).toHaveLength(1_000);
    expect(faults.all).not.toContain(used);
    expect(faults.all.at(-1)).toBe(last);
    expect(() => faults.add({ how: "close" })).toThrow(TypeError);
    faults.clear();
    faults.add({ how: "close" });
  });
});

describe("another process", () => {
  it("Another process adds, lists and clears faults over HTTP", async () => {
    const sandbox = await startSandbox();
    const url = sandbox.baseUrl.replace("/v2", "/faults");
    const post = (fault: unknown) =>
      fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fault),
      });
    expect((await post({ how: "close", times: 2 })).status).toBe(201);
    await expect(clientFor(sandbox, "classic")("GET", "/balance")).rejects.toThrow();
    expect(await (await fetch(url)).json()).toEqual({
      items: [{ fault: { how: "close", times: 2 }, hits: 1 }],
    });
    expect((await fetch(url, { method: "DELETE" })).status).toBe(204);
    expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
    expect((await post({ how: "often" })).status).toBe(400);
    expect((await fetch(url, { method: "PUT" })).status).toBe(405);
  });
});

describe("addresses that can't be used", () => {
  const codeAt = async (kind: EndpointKind, trusted: "no" | "the sandbox's"): Promise<string> => {
    const sandbox = await startSandbox();
    const url = await sandbox.endpoint(kind);
    const trust = trusted === "no" ? {} : { ca: sandbox.certificateAuthority };
    return new Promise((resolve) => {
      getSecurely(`${url.replace("http:", "https:")}/balance`, trust, (response) =>
        resolve(String(response.statusCode)),
      ).on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  };

  it.each([
    ["refused", "no", "ECONNREFUSED"],
    ["not-tls", "no", "EPROTO"],
    ["self-signed", "the sandbox's", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["expired", "the sandbox's", "CERT_HAS_EXPIRED"],
    ["wrong-host", "the sandbox's", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["trusted", "no", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["trusted", "the sandbox's", "401"],
  ] as const)("The endpoint %s, if the client trusts %s authority, gives %s", async (kind, trusted, code) => {
    expect(await codeAt(kind, trusted)).toBe(code);
  });

  it("An encrypted connection can be cut off, too", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ how: "reset" });
    const url = await sandbox.endpoint("trusted");
    const codes: string[] = [];
    for (let request = 0; request < 2; request += 1) {
      const sent = getSecurely(`${url}/balance`, { ca: sandbox.certificateAuthority, agent: false });
      codes.push(
        await new Promise<string>((resolve) => {
          sent.on("response", ({ statusCode }) => resolve(String(statusCode)));
          sent.on("error", (error: NodeJS.ErrnoException) => resolve(String(error.code)));
        }),
      );
    }
    expect(codes).toEqual(["ECONNRESET", "401"]);
  });

  it("The endpoint unknown-host has a name that doesn't exist", async () => {
    expect(["ENOTFOUND", "EAI_AGAIN"]).toContain(await codeAt("unknown-host", "no"));
  });
});

it("The Date of a response is the sandbox's time", async () => {
  const sandbox = await startSandbox();
  await sandbox.clock.advance(3_600_000);
  const { headers } = await clientFor(sandbox, "classic")("GET", "/balance");
  expect(headers.get("date")).toBe("Mon, 05 Jan 2026 09:00:00 GMT");
});
