import { describe, expect, it } from "vitest";
import { berlin, clientFor, course, errorOf, onlyCall, startSandbox } from "./support.js";

const VALID = { deviceId: "e0", targetNumber: berlin("001") };

async function place(body: unknown, token = "neo") {
  const sandbox = await startSandbox();
  const answer = await clientFor(sandbox, token)("POST", "/calls", body);
  await sandbox.clock.advance(60_000);
  return { sandbox, answer };
}

describe("POST /calls", () => {
  it.each([
    ["neo", "callId"],
    ["neo-session-id", "sessionId"],
    ["neo-call-sid", "callSid"],
  ])("%s returns the id as %s", async (token, name) => {
    const { sandbox, answer } = await place(VALID, token);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ [name]: onlyCall(sandbox).id });
    expect(onlyCall(sandbox)).toMatchObject({ platform: "neo", callee: berlin("001"), state: "connected" });
  });

  it.each([berlin("001"), berlin("001").slice(1)])("The targetNumber may be %s", async (targetNumber) => {
    const { sandbox } = await place({ ...VALID, targetNumber });
    expect(onlyCall(sandbox).callee).toBe(berlin("001"));
  });

  it("One account refuses a plus sign", async () => {
    const refused = await place(VALID, "neo-no-plus");
    expect(refused.answer.status).toBe(400);
    expect(refused.sandbox.calls).toEqual([]);
    const accepted = await place({ ...VALID, targetNumber: berlin("001").slice(1) }, "neo-no-plus");
    expect(accepted.answer.status).toBe(200);
  });

  it.each([
    ["deviceId missing", { targetNumber: berlin("001") }, "/deviceId"],
    ["deviceId blank", { ...VALID, deviceId: "" }, "/deviceId"],
    ["a number as deviceId", { ...VALID, deviceId: berlin("000") }, "/deviceId"],
    ["targetNumber missing", { deviceId: "e0" }, "/targetNumber"],
    ["targetNumber in national form", { ...VALID, targetNumber: "03023125000" }, "/targetNumber"],
    ["targetNumber 110", { ...VALID, targetNumber: "110" }, "/targetNumber"],
    ["targetNumber 49112", { ...VALID, targetNumber: "49112" }, "/targetNumber"],
    [
      "the field of classic in place of targetNumber",
      { deviceId: "e0", callee: berlin("001") },
      "/targetNumber",
    ],
    ["an unknown channel", { ...VALID, channelId: "channel-9" }, "/channelId"],
    ["a channel of others", { ...VALID, channelId: "channel-support" }, "/channelId"],
  ])("neo refuses %s with 400", async (_name, body, pointer) => {
    const { sandbox, answer } = await place(body);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).source).toEqual({ pointer });
    expect(sandbox.calls).toEqual([]);
  });

  it("neo refuses mobile devices, accepts the mobile app, which never rings, and rings the desktop app", async () => {
    const mobile = await place({ ...VALID, deviceId: "y0" });
    expect(mobile.answer.status).toBe(400);
    expect(errorOf(mobile.answer).detail).toBe("Invalid invitable device");
    const app = await place({ ...VALID, deviceId: "a1" });
    expect(app.answer.status).toBe(200);
    expect(course(onlyCall(app.sandbox))).toEqual(["accepted@0", "ended@45.5"]);
    const desktop = await place({ ...VALID, deviceId: "a0" });
    expect(onlyCall(desktop.sandbox).state).toBe("connected");
  });

  it("A call without a channel is accepted and never rings; with a channel it does", async () => {
    const without = await place(VALID, "neo-no-channel");
    expect(without.answer.status).toBe(200);
    expect(course(onlyCall(without.sandbox))).toEqual(["accepted@0", "ended@45.5"]);
    const through = await place({ ...VALID, channelId: "channel-main" }, "neo-no-channel");
    expect(onlyCall(through.sandbox)).toMatchObject({ state: "connected", channelId: "channel-main" });
  });

  it("The callee sees callerId, else the device's number", async () => {
    const own = await place({ ...VALID, callerId: berlin("999") });
    expect(onlyCall(own.sandbox).callerIdShown).toBe(berlin("999"));
    expect(onlyCall((await place(VALID)).sandbox).callerIdShown).toBe("+496990009000");
    expect((await place({ ...VALID, callerId: "me" })).answer.status).toBe(400);
  });

  it("Another user's device gives 403, and an empty balance 402", async () => {
    expect((await place({ ...VALID, deviceId: "e9" })).answer.status).toBe(403);
    expect((await place(VALID, "neo-no-balance")).answer.status).toBe(402);
  });

  it("classic gives 403", async () => {
    expect((await place(VALID, "classic")).answer.status).toBe(403);
  });
});
