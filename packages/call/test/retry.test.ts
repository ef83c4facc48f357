// A read that fails in passing is tried again; a change never is.
import { createManualClock, type SandboxClock } from "sipgate-sandbox";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, answering, changesIn, misbehaving } from "./answers.js";
import { clientAt, passUntil } from "./support.js";

const OK: Answer = { status: 200, body: '{"amount":1,"currency":"EUR"}' };

let clock: SandboxClock;
beforeEach(() => {
  clock = createManualClock();
});

/** A client of a server that gives these answers in turn; the last stays. */
async function clientOf(...answers: readonly Answer[]) {
  let asked = 0;
  const server = await answering(() => answers[Math.min(asked++, answers.length - 1)] ?? OK);
  return { client: clientAt(server, { clock }), server };
}

describe("a request that reads", () => {
  it.each([408, 425, 500, 502, 503, 504])("is tried again after HTTP %i", async (status) => {
    const { client, server } = await clientOf({ status }, OK);
    expect(await passUntil(clock, client.balance())).toEqual({ amount: 1, currency: "EUR" });
    expect(server.requests).toHaveLength(2);
    await server.close();
  });

  it("is tried three times at most", async () => {
    const { client, server } = await clientOf({ status: 503 });
    await expect(passUntil(clock, client.balance())).rejects.toMatchObject({ code: "server-error" });
    expect(server.requests).toHaveLength(3);
    await server.close();
  });

  it.each([400, 401, 402, 403, 404, 405, 409, 415, 301])(
    "isn't tried again after HTTP %i, which wouldn't change",
    async (status) => {
      const { client, server } = await clientOf({ status });
      await expect(client.balance()).rejects.toMatchObject({ placed: "no" });
      expect(server.requests).toHaveLength(1);
      await server.close();
    },
  );

  const LATER = "Mon, 05 Jan 2026 08:00:02 GMT"; // Two seconds after a manual clock starts.
  it.each([
    ["seconds", { "retry-after": "2" }],
    ["a date by this machine's clock", { "retry-after": LATER, date: "" }],
    [
      "a date by the clock that the answer names",
      { "retry-after": "Fri, 01 May 2020 12:00:02 GMT", date: "Fri, 01 May 2020 12:00:00 GMT" },
    ],
  ])("waits for exactly as long as sipgate asks: %s", async (_, headers) => {
    const { client, server } = await clientOf({ status: 429, headers }, OK);
    const balance = client.balance();
    await clock.advance(0);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await balance).toEqual({ amount: 1, currency: "EUR" });
    expect(server.requests).toHaveLength(2);
    await server.close();
  });

  it.each([
    [0, 125, 250],
    [0.5, 250, 500],
    [0.99, 372.5, 745],
  ])(
    "waits even if sipgate doesn't ask, longer each time and with jitter (%f)",
    async (random, first, second) => {
      vi.spyOn(Math, "random").mockReturnValue(random);
      const { client, server } = await clientOf({ status: 503 });
      const failure = expect(client.balance()).rejects.toMatchObject({ code: "server-error" });
      await clock.advance(0);
      expect(server.requests).toHaveLength(1);
      for (const [wait, requests] of [
        [first, 2],
        [second, 3],
      ] as const) {
        await clock.advance(wait - 1);
        expect(server.requests).toHaveLength(requests - 1);
        await clock.advance(1);
        expect(server.requests).toHaveLength(requests);
      }
      await failure;
      await server.close();
      vi.restoreAllMocks();
    },
  );

  it("reports a long wait instead of waiting", async () => {
    const { client, server } = await clientOf({ status: 429, headers: { "retry-after": "60" } });
    await expect(client.balance()).rejects.toMatchObject({ code: "rate-limited", retryAfterSeconds: 60 });
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  it("is tried again after a broken connection", async () => {
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
    const client = clientAt(server, { clock });
    expect(await passUntil(clock, client.balance())).toEqual({ amount: 1, currency: "EUR" });
    await server.close();
  });

  it("ends with the signal, also while it waits", async () => {
    const stop = new AbortController();
    const server = await answering(() => {
      stop.abort();
      return { status: 503, headers: { "retry-after": "4" } };
    });
    const client = clientAt(server, { clock });
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
    const client = clientAt(server, { clock, timeoutMs: 1_000 });
    await expect(passUntil(clock, client.balance())).rejects.toMatchObject({ code: "server-error" });
    expect(answered).toBe(1);
    await server.close();
  });
});

const REQUEST = { caller: "e0", callee: "+493023125000" };

describe("a request that changes something", () => {
  it.each([429, 500, 502, 503, 504])("is sent once, also after HTTP %i", async (status) => {
    const { client, server } = await clientOf({ status, headers: { "retry-after": "0" } });
    await expect(client.place(REQUEST, { searchForMs: 0 })).rejects.toMatchObject({ status });
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
