import type { Sandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { berlin, type Client, clientFor, onlyCall, placeClassic, startSandbox } from "./support.js";

interface Running {
  sandbox: Sandbox;
  client: Client;
  id: string;
}

/** A call on classic, `milliseconds` after it was placed; it's connected after 3.5 s. */
async function callAfter(milliseconds: number): Promise<Running> {
  const sandbox = await startSandbox();
  const client = clientFor(sandbox, "classic");
  const id = await placeClassic(client, berlin("001"));
  await sandbox.clock.advance(milliseconds);
  return { sandbox, client, id };
}

const CONNECTED = 5_000;
const RINGING = 1_000;

const CONTROLS: [string, string, object][] = [
  ["PUT", "muted", { value: true }],
  ["PUT", "hold", { value: true }],
  ["PUT", "recording", { value: true, announcement: true }],
  ["POST", "announcements", { url: "https://example.org/hello.wav" }],
  ["POST", "transfer", { attended: true, phoneNumber: berlin("001") }],
  ["POST", "dtmf", { sequence: "12#" }],
];

describe("GET /calls", () => {
  it("The list has established calls with both participants", async () => {
    const { client, id } = await callAfter(CONNECTED);
    const quiet = { muted: false, hold: false };
    expect((await client("GET", "/calls")).json).toEqual({
      data: [
        {
          callId: id,
          ...quiet,
          recording: false,
          participants: [
            { participantId: `${id}-caller`, phoneNumber: "+496990009000", ...quiet, owner: true },
            { participantId: `${id}-callee`, phoneNumber: berlin("001"), ...quiet, owner: false },
          ],
        },
      ],
    });
  });

  it.each([0, 1_000, 3_000])("The list doesn't have a call that rings, at %d ms", async (milliseconds) => {
    const { client } = await callAfter(milliseconds);
    expect((await client("GET", "/calls")).json).toEqual({ data: [] });
  });

  it("Users see their own calls only", async () => {
    const { sandbox } = await callAfter(CONNECTED);
    for (const name of ["classic-second-user", "neo", "classic-no-balance"]) {
      expect((await clientFor(sandbox, name)("GET", "/calls")).json).toEqual({ data: [] });
    }
  });
});

describe("DELETE /calls/{callId}", () => {
  it("DELETE hangs up an established call", async () => {
    const { sandbox, client, id } = await callAfter(CONNECTED);
    const answer = await client("DELETE", `/calls/${id}`);
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expect(onlyCall(sandbox)).toMatchObject({
      state: "ended",
      end: { party: "client", cause: "completed", raw: "normalClearing" },
    });
    expect((await client("DELETE", `/calls/${id}`)).status).toBe(404);
    expect((await client("GET", "/calls")).json).toEqual({ data: [] });
  });

  it("DELETE cancels a ringing call, which stops ringing", async () => {
    const { sandbox, client, id } = await callAfter(RINGING);
    expect((await client("DELETE", `/calls/${id}`)).status).toBe(204);
    await sandbox.clock.advance(3_600_000);
    expect(onlyCall(sandbox).end).toEqual({ party: "client", cause: "canceled", raw: "cancel" });
    expect(onlyCall(sandbox).states.map(({ state }) => state)).toEqual([
      "accepted",
      "caller-ringing",
      "ended",
    ]);
  });

  it("DELETE of another user's call gives 404 and changes nothing", async () => {
    const { sandbox, id } = await callAfter(CONNECTED);
    expect((await clientFor(sandbox, "classic-second-user")("DELETE", `/calls/${id}`)).status).toBe(404);
    expect((await clientFor(sandbox, "neo")("DELETE", `/calls/${id}`)).status).toBe(404);
    expect(onlyCall(sandbox).state).toBe("connected");
  });
});

describe("control of a running call", () => {
  it("A control shows in the list and in the sandbox", async () => {
    const { sandbox, client, id } = await callAfter(CONNECTED);
    for (const [method, name, body] of CONTROLS) {
      const answer = await client(method, `/calls/${id}/${name}`, body);
      expect([answer.status, answer.text]).toEqual([204, ""]);
    }
    expect(onlyCall(sandbox)).toMatchObject({
      muted: true,
      hold: true,
      recording: true,
      announcements: ["https://example.org/hello.wav"],
      transfers: [{ attended: true, phoneNumber: berlin("001") }],
      dtmf: ["12#"],
    });
    const { data } = (await client("GET", "/calls")).json;
    expect(data).toMatchObject([
      {
        muted: true,
        hold: true,
        recording: true,
        participants: [
          { muted: true, hold: true },
          { muted: false, hold: true },
        ],
      },
    ]);
    await client("PUT", `/calls/${id}/muted`, { value: false });
    await client("PUT", `/calls/${id}/recording`, { value: false, announcement: false });
    expect(onlyCall(sandbox)).toMatchObject({ muted: false, recording: false });
  });

  it.each(CONTROLS)(
    "%s %s gives 404 for an unknown call, and 409 while it rings",
    async (method, name, body) => {
      const { client, id } = await callAfter(RINGING);
      expect((await client(method, `/calls/nothing/${name}`, body)).status).toBe(404);
      expect((await client(method, `/calls/${id}/${name}`, body)).status).toBe(409);
    },
  );

  it("A blind transfer ends the call", async () => {
    const { sandbox, client, id } = await callAfter(CONNECTED);
    await client("POST", `/calls/${id}/transfer`, { attended: false, phoneNumber: berlin("002") });
    expect(onlyCall(sandbox)).toMatchObject({ state: "ended", end: { cause: "completed" } });
  });

  it.each([
    ["PUT", "muted", { value: "true" }],
    ["PUT", "muted", {}],
    ["PUT", "hold", { value: null }],
    ["PUT", "recording", { value: true }],
    ["POST", "announcements", { url: "file:///etc/passwd" }],
    ["POST", "announcements", { url: "hello" }],
    ["POST", "announcements", { url: "https://example.org/\ud800" }],
    ["POST", "transfer", { attended: false, phoneNumber: "112" }],
    ["POST", "transfer", { attended: false, phoneNumber: "030" }],
    ["POST", "transfer", { attended: false, phoneNumber: berlin("000"), callerId: "x" }],
    ["POST", "dtmf", { sequence: "12x" }],
    ["POST", "dtmf", { sequence: "" }],
  ])("%s %s refuses %j with 400", async (method, name, body) => {
    const { sandbox, client, id } = await callAfter(CONNECTED);
    const before = onlyCall(sandbox);
    expect((await client(method, `/calls/${id}/${name}`, body)).status).toBe(400);
    expect(onlyCall(sandbox)).toEqual(before);
  });

  it("neo doesn't record without an announcement", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "neo");
    const placed = await client("POST", "/calls", { deviceId: "e0", targetNumber: berlin("001") });
    await sandbox.clock.advance(CONNECTED);
    const path = `/calls/${placed.json.callId}/recording`;
    expect((await client("PUT", path, { value: true, announcement: false })).status).toBe(400);
    expect(onlyCall(sandbox).recording).toBe(false);
    expect((await client("PUT", path, { value: true, announcement: true })).status).toBe(204);
    expect(onlyCall(sandbox).recording).toBe(true);
  });
});
