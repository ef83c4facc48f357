import type { CallControls, PlacedCall } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientOf, strictSandbox } from "./support.js";

const TALKS_UNTIL_HUNG_UP = "+493023125001";
const UNTIL_CONNECTED = 10_000;
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

describe.each(["classic", "neo"] as const)("a running call on %s", (platform) => {
  let placed: PlacedCall;
  let call: CallControls;
  const now = () => sandbox.calls[0];

  beforeEach(async () => {
    const client = clientOf(sandbox, platform);
    placed = await client.place({ caller: "e0", callee: TALKS_UNTIL_HUNG_UP });
    call = client.call(placed.callId);
    await sandbox.clock.advance(UNTIL_CONNECTED);
  });

  it("is listed with who talks to whom", async () => {
    expect(await clientOf(sandbox, platform).calls()).toEqual([
      expect.objectContaining({
        callId: placed.callId,
        muted: false,
        participants: [
          expect.objectContaining({ phoneNumber: "+496990009000", owner: true }),
          expect.objectContaining({ phoneNumber: TALKS_UNTIL_HUNG_UP, owner: false }),
        ],
      }),
    ]);
  });

  it("can be hung up", async () => {
    await call.hangUp();
    expect(now()).toMatchObject({ state: "ended", end: { party: "client", cause: "completed" } });
    await expect(call.hangUp()).rejects.toMatchObject({ code: "call-not-found", placed: "no" });
  });

  it("can be muted, held and recorded, and back", async () => {
    await call.mute();
    await call.hold();
    await call.record({ on: true });
    expect(now()).toMatchObject({ muted: true, hold: true, recording: true });
    await call.mute(false);
    await call.hold(false);
    await call.record({ on: false });
    expect(now()).toMatchObject({ muted: false, hold: false, recording: false });
  });

  it("takes tones, sounds and a transfer", async () => {
    await call.sendDtmf("12ab#");
    await call.announce("https://www.example.com/closing.wav");
    await call.announce("http://www.example.com/closing.wav");
    await call.transfer({ to: "040/66969000" });
    expect(now()).toMatchObject({
      dtmf: ["12AB#"],
      announcements: ["https://www.example.com/closing.wav", "http://www.example.com/closing.wav"],
      transfers: [{ attended: false, phoneNumber: "+494066969000" }],
    });
  });

  it("refuses wrong input before anything is sent", async () => {
    const before = sandbox.requests.length;
    for (const sequence of ["12x", "x12", "", "1".repeat(101)]) {
      const message = expect.stringContaining(`"${sequence.slice(0, 50)}`);
      await expect(call.sendDtmf(sequence)).rejects.toMatchObject({
        problems: [{ field: "sequence", message }],
      });
    }
    for (const url of [
      "file:///etc/passwd",
      "xhttps://www.example.com/",
      "https://www.example.com/a b",
      "https://[",
    ])
      await expect(call.announce(url)).rejects.toMatchObject({ problems: [{ field: "url" }] });
    await expect(call.transfer({ to: "112", callerId: "x" })).rejects.toMatchObject({
      problems: [{ field: "to" }, { field: "callerId" }],
    });
    expect(sandbox.requests).toHaveLength(before);
  });

  it("isn't transferred to a number that may mean two, and shows both", async () => {
    const transferring = call.transfer({ to: "00152 28817386", callerId: "112" });
    const readings = [{ number: "+15228817386" }, { number: "+4915228817386" }];
    await expect(transferring).rejects.toMatchObject({
      problems: [{ field: "to", readings }, { field: "callerId" }],
    });
    await expect(transferring).rejects.not.toHaveProperty("problems.1.readings");
    expect(now()).toMatchObject({ transfers: [] });
  });
});

it("a call that still rings can't be held", async () => {
  const client = clientOf(sandbox, "classic");
  const { callId } = await client.place({ caller: "e0", callee: TALKS_UNTIL_HUNG_UP });
  expect(await client.calls()).toEqual([]);
  await expect(client.call(callId).hold()).rejects.toMatchObject({ code: "not-established", placed: "no" });
});

it("a call on neo isn't recorded in silence", async () => {
  const client = clientOf(sandbox, "neo");
  const { callId } = await client.place({ caller: "e0", callee: TALKS_UNTIL_HUNG_UP });
  await sandbox.clock.advance(UNTIL_CONNECTED);
  const recording = client.call(callId).record({ on: true, announced: false });
  await expect(recording).rejects.toMatchObject({ code: "request-refused" });
});
