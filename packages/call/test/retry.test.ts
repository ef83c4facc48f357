// What reads is tried again where it fails in passing; what changes something never is.
import { createClient } from "sipgate-call";
import { describe, expect, it } from "vitest";
import { type Answer, answering, changesIn, misbehaving } from "./answers.js";

const OK: Answer = { status: 200, body: '{"amount":1,"currency":"EUR"}' };

/** A client of a server that gives these answers in turn; the last stays. */
async function clientOf(...answers: readonly Answer[]) {
  let asked = 0;
  const server = await answering(() => answers[Math.min(asked++, answers.length - 1)] ?? OK);
  const credentials = { tokenId: "token-ABC123", token: "x" };
  const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
  return { client, server };
}

describe("reading", () => {
  it.each([408, 425, 500, 502, 503, 504])("HTTP %i is tried again", async (status) => {
    const { client, server } = await clientOf({ status }, OK);
    expect(await client.balance()).toEqual({ amount: 1, currency: "EUR" });
    expect(server.requests).toHaveLength(2);
    await server.close();
  });

  it("but three times at most", async () => {
    const { client, server } = await clientOf({ status: 503 });
    await expect(client.balance()).rejects.toMatchObject({ code: "server-error" });
    expect(server.requests).toHaveLength(3);
    await server.close();
  });

  it.each([400, 401, 402, 403, 404, 405, 409, 415, 301])(
    "HTTP %i isn't: it wouldn't change",
    async (status) => {
      const { client, server } = await clientOf({ status });
      await expect(client.balance()).rejects.toMatchObject({ placed: "no" });
      expect(server.requests).toHaveLength(1);
      await server.close();
    },
  );

  it.each([
    ["a second", "1"],
    ["a date", new Date(Date.now() + 1_000).toUTCString()],
  ])("waits for as long as it's asked to: %s", async (_, retryAfter) => {
    const { client, server } = await clientOf({ status: 429, headers: { "retry-after": retryAfter } }, OK);
    await client.balance();
    expect(server.requests).toHaveLength(2);
    await server.close();
  });

  it("tells of a long wait instead of waiting", async () => {
    const { client, server } = await clientOf({ status: 429, headers: { "retry-after": "60" } });
    await expect(client.balance()).rejects.toMatchObject({ code: "rate-limited", retryAfterSeconds: 60 });
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  it("a broken connection is tried again", async () => {
    let connections = 0;
    const server = await misbehaving((socket) => {
      connections += 1;
      socket.once("data", () => {
        const body = OK.body ?? "";
        if (connections === 1) socket.destroy();
        else
          socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
      });
    });
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl });
    expect(await client.balance()).toEqual({ amount: 1, currency: "EUR" });
    await server.close();
  });

  it("ends with the signal, also while it waits", async () => {
    const stop = new AbortController();
    const server = await answering(() => {
      stop.abort();
      return { status: 503, headers: { "retry-after": "4" } };
    });
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl });
    await expect(client.balance({ signal: stop.signal })).rejects.toMatchObject({ code: "aborted" });
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  it("keeps within the time limit, all attempts together", async () => {
    let answered = 0;
    const server = await answering(() => {
      answered += 1;
      return { status: 503, headers: { "retry-after": "2" } };
    });
    const credentials = { tokenId: "token-ABC123", token: "x" };
    const client = createClient({ credentials, baseUrl: server.baseUrl, timeoutMs: 1_000 });
    await expect(client.balance()).rejects.toMatchObject({ code: "server-error" });
    expect(answered).toBe(1);
    await server.close();
  });
});

describe("what changes something is sent once", () => {
  it.each([429, 500, 502, 503, 504])("HTTP %i", async (status) => {
    const { client, server } = await clientOf({ status, headers: { "retry-after": "0" } });
    await expect(client.place({ caller: "e0", callee: "+493023125000" })).rejects.toMatchObject({ status });
    await expect(client.call("a").hangUp()).rejects.toMatchObject({ status });
    await expect(client.call("a").sendDtmf("1")).rejects.toMatchObject({ status });
    expect(changesIn(server.requests)).toEqual([
      "POST /v2/sessions/calls",
      "DELETE /v2/calls/a",
      "POST /v2/calls/a/dtmf",
    ]);
    await server.close();
  });
});
