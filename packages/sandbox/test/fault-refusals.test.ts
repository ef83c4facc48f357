// Faults that can't be carried out are refused, and the sandbox lives on.
import { connect } from "node:net";
import type { Sandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { FAULT_KINDS } from "../src/faults/fault.js";
import { answered } from "./raw-answers.js";
import { clientFor, errorOf, send, startSandbox } from "./support.js";

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
