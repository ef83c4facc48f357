// The request that rings phones is counted where it arrives.
import type { PlacedCall } from "sipgate-call";
import { createManualClock } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { type AnsweringServer, answering, misbehaving } from "./answers.js";
import { clientAt, passUntil } from "./support.js";

type Platform = "classic" | "neo" | "auto";
const request = { caller: "e0", callee: "+493023125000" };

/** sipgate, but for the answer to a call request. */
function sipgateAnswering(status: number) {
  return answering((path) => {
    if (path.endsWith("/channels")) return { status: 200, body: '{"items":[]}' };
    if (path.endsWith("/userinfo")) return { status: 200, body: '{"sub":"w0"}' };
    if (path.endsWith("/groups")) return { status: 403, body: "" };
    return { status, body: "" };
  });
}

const callRequestsIn = ({ requests }: AnsweringServer) =>
  requests.filter((asked) => asked.startsWith("POST"));

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
  "on %s, one request to place a call is sent",
  (platform) => {
    it.for([
      200, 202, 204, 301, 302, 307, 308, 401, 402, 404, 405, 408, 409, 415, 425, 429, 500, 502, 503, 504,
    ])("even if the answer is %i", async (status) => {
      const server = await during(sipgateAnswering(status));
      const place = placingAt(server, platform);
      await expect(place()).rejects.toMatchObject({ status });
      expect(callRequestsIn(server)).toHaveLength(1);
    });

    it("even if the connection breaks", async () => {
      const breaking = misbehaving((socket) => socket.once("data", () => socket.resetAndDestroy()));
      const server = await during(breaking);
      const place = placingAt(server, platform);
      await expect(place()).rejects.toMatchObject({ code: "network" });
      expect(callRequestsIn(server).length).toBeLessThanOrEqual(1);
    });
  },
);

describe("another request to place a call", () => {
  it("follows on neo after a 400, with the number written the other way", async () => {
    const server = await during(sipgateAnswering(400));
    const place = placingAt(server, "neo");
    await expect(place()).rejects.toMatchObject({ code: "request-refused", placed: "no" });
    expect(callRequestsIn(server)).toEqual(["POST /v2/calls", "POST /v2/calls"]);
  });

  it("doesn't follow on classic after a 400", async () => {
    const server = await during(sipgateAnswering(400));
    const place = placingAt(server, "classic");
    await expect(place()).rejects.toMatchObject({ code: "request-refused", placed: "no" });
    expect(callRequestsIn(server)).toHaveLength(1);
  });

  it("doesn't follow if a kept connection breaks just then", async () => {
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
    expect(callRequestsIn(server)).toHaveLength(2);
  });
});
