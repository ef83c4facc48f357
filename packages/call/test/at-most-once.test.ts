// The request that rings phones is counted where it arrives.
import type { PlacedCall } from "sipgate-call";
import { createManualClock } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { type AnsweringServer, answering, misbehaving } from "./answers.js";
import { clientAt, passUntil } from "./support.js";

type Platform = "classic" | "neo" | "auto";
const request = { caller: "e0", callee: "+493023125000" };

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
async function during(starting: Promise<AnsweringServer>) {
  const server = await starting;
  onTestFinished(() => server.close());
  return server;
}

/** Places the call. If the answer leaves open whether it was placed, it's looked for during 15 s. */
function placingAt(server: AnsweringServer, platform: Platform): () => Promise<PlacedCall> {
  const clock = createManualClock();
  const client = clientAt(server, { platform, clock });
  return () => passUntil(clock, client.place(request));
}

describe.each(["classic", "neo", "auto"] as const)(
  "on %s, one order is sent whatever the answer",
  (platform) => {
    it.for([
      200, 202, 204, 301, 302, 307, 308, 401, 402, 404, 405, 408, 409, 415, 425, 429, 500, 502, 503, 504,
    ])("%i", async (status) => {
      const server = await during(sipgateAnswering(status));
      const place = placingAt(server, platform);
      await expect(place()).rejects.toMatchObject({ status });
      expect(ordersIn(server)).toHaveLength(1);
    });

    it("a connection that breaks", async () => {
      const breaking = misbehaving((socket) => socket.once("data", () => socket.resetAndDestroy()));
      const server = await during(breaking);
      const place = placingAt(server, platform);
      await expect(place()).rejects.toMatchObject({ code: "network" });
      expect(ordersIn(server).length).toBeLessThanOrEqual(1);
    });
  },
);

describe("another order follows only a refusal", () => {
  it("neo's, with the number written the other way, after a 400", async () => {
    const server = await during(sipgateAnswering(400));
    const place = placingAt(server, "neo");
    await expect(place()).rejects.toMatchObject({ code: "bad-request", placed: "no" });
    expect(ordersIn(server)).toEqual(["POST /v2/calls", "POST /v2/calls"]);
  });

  it("none on classic after a 400", async () => {
    const server = await during(sipgateAnswering(400));
    const place = placingAt(server, "classic");
    await expect(place()).rejects.toMatchObject({ code: "bad-request", placed: "no" });
    expect(ordersIn(server)).toHaveLength(1);
  });

  it("none on a kept connection that breaks just then", async () => {
    const breaking = misbehaving((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 402 Payment Required\r\nContent-Length: 0\r\n\r\n");
        socket.once("data", () => socket.resetAndDestroy());
      });
    });
    const server = await during(breaking);
    const place = placingAt(server, "classic");
    await expect(place()).rejects.toMatchObject({ status: 402 });
    await expect(place()).rejects.toMatchObject({ code: "network", placed: "unknown" });
    expect(ordersIn(server)).toHaveLength(2);
  });
});
