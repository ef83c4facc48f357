// What each fault does to a response.
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { answered, body, isComplete, JSON_BODY, raw } from "./raw-answers.js";
import { authorizationOf, clientFor, startSandbox, tokenNamed } from "./support.js";

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
