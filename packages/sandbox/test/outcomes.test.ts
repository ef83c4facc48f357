import { describe, expect, it } from "vitest";
import { berlin, clientFor, course, onlyCall, placeClassic, startSandbox } from "./support.js";

const ANSWERED = ["accepted@0", "caller-ringing@0.5", "caller-answered@2.5"];
const RUNG = [...ANSWERED, "callee-ringing@3.5"];

describe("the callee's last three digits decide what happens to a call", () => {
  it.each([
    ["000", [...RUNG, "connected@6.5", "ended@36.5"], "callee", "completed", "normalClearing"],
    ["302", [...ANSWERED, "ended@3.5"], "callee", "forwarded", "forwarded"],
    ["402", [...ANSWERED, "ended@3.5"], "network", "insufficient-funds", "congestion"],
    ["403", [...ANSWERED, "ended@3.5"], "network", "blocked", "congestion"],
    ["404", [...ANSWERED, "ended@3.5"], "network", "not-found", "notFound"],
    ["408", [...RUNG, "ended@48.5"], "callee", "no-answer", "noAnswer"],
    ["480", [...ANSWERED, "ended@3.5"], "network", "unreachable", "notFound"],
    ["486", [...ANSWERED, "ended@3.5"], "callee", "busy", "busy"],
    ["487", [...RUNG, "ended@13.5"], "caller", "canceled", "cancel"],
    ["503", [...RUNG, "ended@4.5"], "network", "unreachable", "congestion"],
    ["603", [...RUNG, "ended@5.5"], "callee", "rejected", "noAnswer"],
  ])("A call to …%s goes as documented", async (digits, expectedCourse, party, cause, raw) => {
    const sandbox = await startSandbox();
    await placeClassic(clientFor(sandbox, "classic"), berlin(digits));
    await sandbox.clock.advance(3_600_000);
    const call = onlyCall(sandbox);
    expect(course(call)).toEqual(expectedCourse);
    expect(call.end).toEqual({ party, cause, raw });
  });

  it("A call to …001 is answered at once and stays until it is hung up", async () => {
    const sandbox = await startSandbox();
    await placeClassic(clientFor(sandbox, "classic"), berlin("001"));
    await sandbox.clock.advance(3_600_000);
    expect(course(onlyCall(sandbox))).toEqual([...RUNG, "connected@3.5"]);
  });

  it.each(["+493023125123", "+496990009500", "+494066969999", "+492214710000", "+498999998001"])(
    "%s, another film number, answers like …000",
    async (callee) => {
      const sandbox = await startSandbox();
      await placeClassic(clientFor(sandbox, "classic"), callee);
      await sandbox.clock.advance(3_600_000);
      expect(course(onlyCall(sandbox))).toEqual([...RUNG, "connected@6.5", "ended@36.5"]);
    },
  );

  it("Numbers outside the film ranges do not exist", async () => {
    const sandbox = await startSandbox();
    // One digit more than a film number: no subscriber can have it, but its form is valid.
    await placeClassic(clientFor(sandbox, "classic"), "+4930231250000");
    await sandbox.clock.advance(60_000);
    expect(onlyCall(sandbox).end).toMatchObject({ cause: "not-found", party: "network" });
  });

  it("A call to a barred number ends as blocked", async () => {
    const sandbox = await startSandbox();
    // 0900 numbers never start with 0900 0: this is nobody's.
    await placeClassic(clientFor(sandbox, "classic"), "+49900000000");
    await sandbox.clock.advance(60_000);
    expect(onlyCall(sandbox).end).toMatchObject({ cause: "blocked" });
  });

  it("A snapshot shows both legs: what rang, what answered, and when", async () => {
    const sandbox = await startSandbox();
    await placeClassic(clientFor(sandbox, "classic"), berlin("408"));
    await sandbox.clock.advance(10_000);
    const [caller, callee] = onlyCall(sandbox).legs;
    expect(caller).toMatchObject({ party: "caller", endpoints: ["e0"], state: "answered", answeredBy: "e0" });
    expect(callee).toMatchObject({ party: "callee", number: berlin("408"), state: "ringing" });
    expect(callee).toMatchObject({ answeredBy: undefined, answeredAt: undefined, releasedAt: undefined });
    await sandbox.clock.advance(60_000);
    expect(onlyCall(sandbox).legs.map(({ state }) => state)).toEqual(["released", "released"]);
  });
});
