import { CallError, type ClientOptions } from "sipgate-call";
import { afterEach, describe, expect, it } from "vitest";
import { type AnsweringServer, answering, changesIn, misbehaving } from "./answers.js";
import { clientAt } from "./support.js";

const request = { caller: "e0", callee: "+493023125000" };
let server: AnsweringServer | undefined;

async function failure(
  { baseUrl, ...options }: Partial<ClientOptions> & { readonly baseUrl: string },
  signal?: AbortSignal,
): Promise<CallError> {
  const client = clientAt({ baseUrl }, options);
  const error = await client.place(request, { signal, searchForMs: 200 }).catch((thrown: unknown) => thrown);
  if (!(error instanceof CallError)) throw new Error(`didn't fail: ${String(error)}`);
  return error;
}

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe("nothing was dialled if", () => {
  it("the connection is refused", async () => {
    server = await answering({ status: 200 });
    const { baseUrl } = server;
    await server.close();
    expect(await failure({ baseUrl })).toMatchObject({ code: "network", placed: "no" });
  });

  it("the host is unknown", async () => {
    const error = await failure({ baseUrl: "https://sipgate.invalid/v2" });
    expect(error).toMatchObject({ code: "network", placed: "no" });
    expect(error.message).toContain("can't be looked up");
  });

  it("the other side has no TLS", async () => {
    server = await answering({ status: 200 });
    const error = await failure({ baseUrl: server.baseUrl.replace("http:", "https:") });
    expect(error).toMatchObject({ code: "network", placed: "no" });
    expect(error.message).toContain("doesn't speak TLS");
  });

  it("the signal aborts before it began", async () => {
    server = await answering({ status: 200 });
    expect(await failure({ baseUrl: server.baseUrl }, AbortSignal.abort())).toMatchObject({
      code: "aborted",
      placed: "no",
    });
    expect(server.requests).toEqual([]);
  });
});

describe("the outcome is unknown after", () => {
  it("a connection that is reset instead of an answer", async () => {
    server = await misbehaving((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const error = await failure({ baseUrl: server.baseUrl });
    expect(error).toMatchObject({ code: "network", placed: "unknown" });
    expect(error.remedy).toContain("Look at your phone");
    expect(changesIn(server.requests)).toEqual(["POST /v2/sessions/calls HTTP/1.1"]);
  });

  it("half an answer", async () => {
    server = await misbehaving((socket) =>
      socket.once("data", () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"sess')),
    );
    expect(await failure({ baseUrl: server.baseUrl })).toMatchObject({ code: "network", placed: "unknown" });
  });

  it("something that isn't HTTP", async () => {
    server = await misbehaving((socket) => socket.once("data", () => socket.end("220 smtp ready\r\n")));
    expect(await failure({ baseUrl: server.baseUrl })).toMatchObject({ code: "network", placed: "unknown" });
  });

  it("another protocol that nobody asked for, which is told at once", async () => {
    const switching = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
    server = await misbehaving((socket) => socket.once("data", () => socket.write(switching)));
    expect(await failure({ baseUrl: server.baseUrl })).toMatchObject({ code: "network", placed: "unknown" });
  });

  it("no answer in time", async () => {
    server = await misbehaving(() => {});
    expect(await failure({ baseUrl: server.baseUrl, timeoutMs: 100 })).toMatchObject({
      code: "timeout",
      placed: "unknown",
    });
  });

  it("a signal that aborts while it waits", async () => {
    const giveUp = new AbortController();
    server = await misbehaving((socket) => socket.once("data", () => giveUp.abort()));
    expect(await failure({ baseUrl: server.baseUrl }, giveUp.signal)).toMatchObject({
      code: "aborted",
      placed: "unknown",
    });
  });

  it("an answer without end", async () => {
    server = await answering({ status: 200, body: "x".repeat(9 * 1024 * 1024) });
    const error = await failure({ baseUrl: server.baseUrl });
    expect(error).toMatchObject({ code: "network", placed: "unknown" });
    expect(error.message).toContain("larger");
  });
});

it("the client doesn't follow a redirect, which would send credentials elsewhere", async () => {
  const elsewhere = await answering({ status: 200, body: '{"sessionId":"x"}' });
  server = await answering({ status: 307, headers: { location: `${elsewhere.baseUrl}/sessions/calls` } });
  expect(await failure({ baseUrl: server.baseUrl })).toMatchObject({
    code: "unexpected-response",
    status: 307,
  });
  expect(elsewhere.requests).toEqual([]);
  await elsewhere.close();
});

it("the client refuses an AbortController in place of its signal, and nothing is sent", async () => {
  server = await answering({ status: 200 });
  const signal = new AbortController() as unknown as AbortSignal;
  expect(await failure({ baseUrl: server.baseUrl }, signal)).toMatchObject({
    code: "invalid-request",
    placed: "no",
  });
  expect(server.requests).toEqual([]);
});
