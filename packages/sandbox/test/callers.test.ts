import { describe, expect, it } from "vitest";
import { berlin, type Client, clientFor, course, onlyCall, placeClassic, startSandbox } from "./support.js";

const callWith = (client: Client, body: object) =>
  client("POST", "/sessions/calls", { callee: berlin("001"), ...body });

describe("the caller's phone on classic", () => {
  it.each([
    [
      "e0",
      ["accepted@0", "caller-ringing@0.5", "caller-answered@2.5", "callee-ringing@3.5", "connected@3.5"],
    ],
    [
      "x0",
      ["accepted@0", "caller-ringing@0.5", "caller-answered@4.5", "callee-ringing@5.5", "connected@5.5"],
    ],
    [
      "y0",
      ["accepted@0", "caller-ringing@0.5", "caller-answered@3.5", "callee-ringing@4.5", "connected@4.5"],
    ],
  ])("%s answers", async (caller, expected) => {
    const sandbox = await startSandbox();
    await placeClassic(clientFor(sandbox, "classic"), berlin("001"), caller);
    await sandbox.clock.advance(3_600_000);
    expect(course(onlyCall(sandbox))).toEqual(expected);
  });

  it.each([
    ["e1", ["accepted@0", "ended@0.5"], "network", "unreachable"],
    ["e2", ["accepted@0", "ended@0.5"], "caller", "rejected"],
    ["e3", ["accepted@0", "caller-ringing@0.5", "ended@45.5"], "caller", "no-answer"],
    ["e4", ["accepted@0", "caller-ringing@0.5", "ended@2.5"], "caller", "rejected"],
    ["e5", ["accepted@0", "ended@0.5"], "caller", "busy"],
  ])("%s doesn't answer, and the callee's phone never rings", async (caller, expected, party, cause) => {
    const sandbox = await startSandbox();
    await placeClassic(clientFor(sandbox, "classic"), berlin("001"), caller);
    await sandbox.clock.advance(3_600_000);
    const call = onlyCall(sandbox);
    expect(course(call)).toEqual(expected);
    expect(call.end).toMatchObject({ party, cause });
    expect(call.legs[1]).toMatchObject({ ringingAt: undefined, answeredAt: undefined });
  });

  it("p0 rings every phone of the line, and the first to answer wins; deviceId doesn't narrow it", async () => {
    const sandbox = await startSandbox();
    const { status } = await callWith(clientFor(sandbox, "classic"), { caller: "p0", deviceId: "e3" });
    expect(status).toBe(200);
    await sandbox.clock.advance(60_000);
    expect(onlyCall(sandbox).legs[0]).toMatchObject({ endpoints: ["e3", "e0"], answeredBy: "e0" });
  });

  it("A number that belongs to a group rings the group's phones", async () => {
    const sandbox = await startSandbox();
    await callWith(clientFor(sandbox, "classic"), { caller: "+496990009002", deviceId: "e0" });
    await sandbox.clock.advance(60_000);
    const call = onlyCall(sandbox);
    // e2 refuses (do not disturb) without ending the others' ringing.
    expect(call.legs[0]).toMatchObject({ endpoints: ["e2", "e3", "e0"], answeredBy: "e0" });
    expect(call.state).toBe("connected");
  });

  it("Another number as the caller rings itself", async () => {
    const sandbox = await startSandbox();
    await callWith(clientFor(sandbox, "classic"), { caller: berlin("000"), deviceId: "e0" });
    await sandbox.clock.advance(10_000);
    expect(onlyCall(sandbox).legs[0]).toMatchObject({ number: berlin("000"), answeredBy: berlin("000") });
    await sandbox.clock.advance(3_600_000);
    expect(onlyCall(sandbox).end).toMatchObject({ party: "caller", cause: "completed" });
  });
});

describe("the number that the callee sees", () => {
  it("The callee sees callerId, else the device's number", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "classic");
    await callWith(client, { caller: "e0" });
    await callWith(client, { caller: "e0", callerId: berlin("999") });
    await callWith(client, { caller: berlin("000"), deviceId: "e0" });
    const shown = sandbox.calls.map(({ callerIdShown }) => callerIdShown);
    expect(shown).toEqual(["+496990009000", berlin("999"), "+496990009000"]);
  });
});
