// What is told of requests: by --verbose, and to a client's own trace.
import { type Client, createClient, type TraceEvent } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnsweringServer, answering, misbehaving } from "./answers.js";
import { clientAt, clientOf, strictSandbox } from "./support.js";
import { sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await strictSandbox();
});
afterAll(() => sandbox.close());

const request = { caller: "e0", callee: "+493023125001" };
const untimed = ({ durationMs, ...event }: Extract<TraceEvent, { kind: "request" }>) => {
  expect(durationMs).toBeGreaterThanOrEqual(0);
  return event;
};

/** What a client tells of all that it's asked to do. */
async function told(server: Pick<AnsweringServer, "baseUrl">, act: (client: Client) => Promise<unknown>) {
  const events: TraceEvent[] = [];
  const client = clientAt(server, { trace: (event) => void events.push(event) });
  await act(client).catch(() => {});
  return events.filter((event) => event.kind === "request").map(untimed);
}

describe("a client's trace", () => {
  it("reports requests and the platform once it's detected", async () => {
    const events: TraceEvent[] = [];
    const trace = (event: TraceEvent) => void events.push(event);
    const client = clientOf(sandbox, "neo", { platform: "auto", trace });
    await client.place(request);
    await client.numbers();
    const short = events.map((event) =>
      event.kind === "request" ? `${event.method} ${event.path} ${event.status}` : event.platform,
    );
    expect(short).toEqual([
      "POST /sessions/calls 403",
      "neo",
      expect.stringMatching(/^GET \/(?:channels|authorization\/userinfo) 200$/),
      expect.stringMatching(/^GET \/(?:channels|authorization\/userinfo) 200$/),
      "POST /calls 200",
      "GET /numbers?offset=0&limit=100 200",
      expect.stringMatching(/^GET \/numbers\?offset=\d+&limit=100 200$/),
    ]);
  });

  it("has names in place of ids and numbers", async () => {
    const server = await answering((path) => ({
      status: 200,
      body: path.includes("userinfo") ? '{"sub":"w7"}' : '{"items":[],"data":[]}',
    }));
    const paths = await told(server, async (client) => {
      await client.devices();
      await client.call("NDkzMDIz").hold();
      for await (const _ of client.history({ number: "+493023125000", from: "2026-11-01" })) void 0;
    });
    expect(paths.map(({ path }) => path)).toEqual([
      "/authorization/userinfo",
      "/{userId}/devices",
      "/calls/{callId}/hold",
      "/history?types=CALL&from=…&phonenumber=…&limit=500&offset=0",
    ]);
    await server.close();
  });

  it("reports each attempt and its bytes", async () => {
    const body = "später";
    const server = await answering({ status: 503, headers: { "retry-after": "0" }, body });
    const events = await told(server, (client) => client.balance());
    const { origin } = new URL(server.baseUrl);
    expect(events).toEqual(
      [1, 2, 3].map((attempt) => ({
        kind: "request",
        method: "GET",
        origin,
        path: "/balance",
        attempt,
        sentBytes: 0,
        status: 503,
        receivedBytes: 7,
        failure: undefined,
        systemCode: undefined,
      })),
    );
    await server.close();
  });

  it("says why no response came", async () => {
    const server = await misbehaving((socket) => socket.end("nonsense\r\n\r\n"));
    const [event] = await told(server, (client) => client.place(request, { searchForMs: 0 }));
    expect(event).toMatchObject({
      status: undefined,
      sentBytes: 40,
      failure: "connection-lost",
      systemCode: expect.stringMatching(/^HPE_/),
    });
    await server.close();
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("the log is full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("the log is full"))],
  ])("changes nothing where it %s", async (_, trace) => {
    const client = clientOf(sandbox, "classic", { platform: "auto", trace });
    expect(await client.balance()).toMatchObject({ currency: "EUR" });
  });

  it("has to be a function", () => {
    const create = () => createClient({ credentials: { accessToken: "x" }, trace: "yes" as never });
    expect(create).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ field: "trace" })] }),
    );
  });
});

describe("--verbose", () => {
  const env = () => ({
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_TOKEN_ID: sandbox.classic.tokenId,
    SIPGATE_TOKEN: sandbox.classic.token,
  });

  it("logs versions and requests to standard error, and leaves results unchanged", async () => {
    const quiet = await sipgateCall(["balance"], { env: env() });
    const { code, out, err } = await sipgateCall(["balance", "--verbose"], { env: env() });
    expect(code).toBe(0);
    expect(out).toBe(quiet.out);
    const { origin } = new URL(sandbox.baseUrl);
    expect(err).toContain(
      `sipgate-call 0.1.0, Node.js ${process.version}, ${process.platform} ${process.arch}\n`,
    );
    expect(err).toMatch(new RegExp(`^GET /balance at ${origin}: 200, \\d+ ms, received \\d+ bytes$`, "m"));
  });

  it("logs JSON for scripts", async () => {
    const { out, err } = await sipgateCall(["whoami", "--verbose", "--json"], { env: env() });
    expect(JSON.parse(out)).toMatchObject({ id: "w0" });
    const traces = err
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(traces.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["versions", "request", "platform"]),
    );
  });

  it("says why nothing could be reached", async () => {
    const { code, err } = await sipgateCall(["balance", "--verbose"], {
      env: { ...env(), SIPGATE_BASE_URL: "http://127.0.0.1:9/v2" },
    });
    expect(code).toBe(7);
    expect(err).toMatch(
      /^GET \/balance at http:\/\/127.0.0.1:9: no response \(refused, ECONNREFUSED\), \d+ ms$/m,
    );
  });
});
