// The request that rings phones is counted where it arrives.
import { createClient } from "sipgate-call";
import { describe, it, type TestContext, vi } from "vitest";
import { type AnsweringServer, answering, misbehaving } from "./answers.js";

const request = { caller: "e0", callee: "+493023125000" };
const credentials = { tokenId: "token-ABC123", token: "secret" };

/** sipgate, but for the answer to an order. */
function sipgateAnswering(status: number) {
  return answering((path) => {
    if (path.endsWith("/channels")) return { status: 200, body: '{"items":[]}' };
    if (path.endsWith("/userinfo")) return { status: 200, body: '{"sub":"w0"}' };
    if (path.endsWith("/groups")) return { status: 403, body: "" };
    return { status, body: "" };
  });
}

const ordersIn = ({ requests }: AnsweringServer) => requests.filter((asked) => asked.startsWith("POST"));

/** A server that's closed after the test. */
async function during({ onTestFinished }: TestContext, starting: Promise<AnsweringServer>) {
  const server = await starting;
  onTestFinished(() => server.close());
  return server;
}

vi.setConfig({ maxConcurrency: 70 });

// At the same time, since each looks for the call for 15 s where its answer leaves open whether it was placed.
describe.concurrent.each(["classic", "neo", "auto"] as const)(
  "on %s, one order is sent whatever the answer",
  (platform) => {
    it.for([
      200, 202, 204, 301, 302, 307, 308, 401, 402, 404, 405, 408, 409, 415, 425, 429, 500, 502, 503, 504,
    ])("%i", async (status, context) => {
      const { expect } = context;
      const server = await during(context, sipgateAnswering(status));
      const client = createClient({ credentials, baseUrl: server.baseUrl, platform });
      await expect(client.place(request)).rejects.toMatchObject({ status });
      expect(ordersIn(server)).toHaveLength(1);
    });

    it("a connection that breaks", async (context) => {
      const { expect } = context;
      const breaking = misbehaving((socket) => socket.once("data", () => socket.resetAndDestroy()));
      const server = await during(context, breaking);
      const client = createClient({ credentials, baseUrl: server.baseUrl, platform });
      await expect(client.place(request)).rejects.toMatchObject({ code: "network" });
      expect(ordersIn(server).length).toBeLessThanOrEqual(1);
    });
  },
);

describe("another order follows only a refusal", () => {
  it("neo's, with the number written the other way, after a 400", async (context) => {
    const { expect } = context;
    const server = await during(context, sipgateAnswering(400));
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "neo" });
    await expect(client.place(request)).rejects.toMatchObject({ code: "request-refused", placed: "no" });
    expect(ordersIn(server)).toEqual(["POST /v2/calls", "POST /v2/calls"]);
  });

  it("none on classic after a 400", async (context) => {
    const { expect } = context;
    const server = await during(context, sipgateAnswering(400));
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    await expect(client.place(request)).rejects.toMatchObject({ code: "request-refused", placed: "no" });
    expect(ordersIn(server)).toHaveLength(1);
  });

  it("none on a kept connection that breaks just then", async (context) => {
    const { expect } = context;
    const breaking = misbehaving((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 402 Payment Required\r\nContent-Length: 0\r\n\r\n");
        socket.once("data", () => socket.resetAndDestroy());
      });
    });
    const server = await during(context, breaking);
    const client = createClient({ credentials, baseUrl: server.baseUrl, platform: "classic" });
    await expect(client.place(request)).rejects.toMatchObject({ status: 402 });
    await expect(client.place(request)).rejects.toMatchObject({ code: "network", placed: "unknown" });
    expect(ordersIn(server)).toHaveLength(2);
  });
});
