// Transfers, with phones that do what the test says: which calls there are, and who is in them.
import { expect, it } from "vitest";
import { createClock } from "../src/clock.js";
import { hold, mute } from "../src/switch/controls.js";
import { snapshotOf } from "../src/switch/snapshot.js";
import { CALLEE, HandPhone, notingMedia, request, switchWith } from "./hand-phone.js";
import { berlin } from "./support.js";

const TARGET = berlin("005");

/** A connected call, and a phone that can be transferred to. */
function connectedCall() {
  const [caller, callee, target] = [new HandPhone("e0"), new HandPhone(CALLEE), new HandPhone(TARGET)];
  const clock = createClock("manual");
  const media = notingMedia();
  const telephony = switchWith(clock, { [TARGET]: target }, media);
  const call = telephony.place(request([caller], [callee]));
  clock.advance(500);
  caller.reports("answered");
  clock.advance(1_000);
  callee.reports("answered");
  for (const phone of [caller, callee]) phone.told.splice(0);
  const calls = () =>
    Array.from(telephony.calls(), snapshotOf).map(
      ({ caller, callee, state, end }) => `${caller} ${callee} ${end?.cause ?? state}`,
    );
  const talking = () => [...media.talking];
  return { clock, telephony, call, caller, callee, target, calls, talking };
}

it("A transferred callee is in a call of its own with the target; the first call ends", () => {
  const { telephony, call, clock, caller, callee, target, calls } = connectedCall();
  hold(call, true);
  telephony.transfer(call, TARGET, [target]);
  expect(caller.told).toEqual(["hold true", "hangUp"]);
  clock.advance(1_000);
  target.reports("ringing");
  target.reports("answered");
  expect(callee.told).toEqual(["hold true", "hold false", "ringback", "connected"]);
  expect(calls()).toEqual([`p0 ${CALLEE} completed`, `${CALLEE} ${TARGET} connected`]);
  callee.reports("hungUp");
  expect(target.told).toEqual(["ring", "connected", "hangUp"]);
});

it("A call that comes from a transfer names the first one, also after a second transfer", () => {
  const { telephony, call, clock, target } = connectedCall();
  telephony.transfer(call, TARGET, [target]);
  clock.advance(1_000);
  target.reports("answered");
  const [, second] = [...telephony.calls()];
  if (second === undefined) throw new Error("There is no second call.");
  telephony.transfer(second, berlin("006"), [new HandPhone(berlin("006"))]);
  expect([...telephony.calls()].map(({ originalId }) => originalId)).toEqual([call.id, call.id, call.id]);
});

it.each(["caller", "callee"] as const)(
  "The %s's phone transfers the other party: its call goes on until the target has answered",
  (party) => {
    const { clock, call, caller, callee, target, calls, talking } = connectedCall();
    const [by, other] = party === "caller" ? [caller, callee] : [callee, caller];
    const progress = by.transfers(TARGET);
    clock.advance(1_000);
    target.reports("ringing");
    expect(talking()).toEqual([]);
    expect(target.incoming?.shownNumber).toBe(party === "caller" ? CALLEE : call.callerIdShown);
    expect(progress).toEqual([{ kind: "ringing" }]);
    expect(calls()[0]).toBe(`p0 ${CALLEE} connected`);
    target.reports("answered");
    expect(progress).toEqual([{ kind: "ringing" }, { kind: "done" }]);
    expect(by.told).toEqual(["hangUp"]);
    expect(talking()).toEqual([`${other.id} ${TARGET}`]);
    expect(call.transfers).toEqual([{ attended: false, phoneNumber: TARGET }]);
    expect(other.told).toEqual(["hold false", "ringback", "connected"]);
    const from = party === "caller" ? CALLEE : "p0";
    expect(calls()).toEqual([`p0 ${CALLEE} completed`, `${from} ${TARGET} connected`]);
  },
);

it("A target that declines gives the other party back, who is on hold if the call was", () => {
  const { clock, call, caller, callee, target, calls, talking } = connectedCall();
  const { answeredAt } = call.calleeLeg;
  hold(call, true);
  const progress = caller.transfers(TARGET);
  clock.advance(1_000);
  target.declines({ cause: "busy" });
  expect(progress).toEqual([{ kind: "failed", cause: "busy" }]);
  expect(callee.told).toEqual(["hold true", "hold false", "connected", "hold true"]);
  expect(talking()).toEqual([`e0 ${CALLEE}`]);
  expect(call.calleeLeg.answeredAt).toBe(answeredAt);
  expect(calls()).toEqual([`p0 ${CALLEE} connected`, `${CALLEE} ${TARGET} busy`]);
  caller.reports("hungUp");
  expect(callee.told.at(-1)).toBe("hangUp");
});

it("A phone can transfer again after a target has declined", () => {
  const { clock, caller, target, calls } = connectedCall();
  caller.transfers(TARGET);
  clock.advance(1_000);
  target.declines({ cause: "busy" });
  caller.transfers(TARGET);
  clock.advance(1_000);
  target.reports("answered");
  expect(calls()).toEqual([
    `p0 ${CALLEE} completed`,
    `${CALLEE} ${TARGET} busy`,
    `${CALLEE} ${TARGET} connected`,
  ]);
});

it("A phone that hangs up while the target rings leaves the other party with it", () => {
  const { clock, caller, callee, target, calls } = connectedCall();
  caller.transfers(TARGET);
  clock.advance(1_000);
  target.reports("ringing");
  caller.reports("hungUp");
  expect(callee.told).not.toContain("hangUp");
  target.declines({ cause: "busy" });
  expect(callee.told.at(-1)).toBe("hangUp");
  expect(calls()).toEqual([`p0 ${CALLEE} completed`, `${CALLEE} ${TARGET} busy`]);
});

it("A phone that hangs up while the target rings has ended its call for good", () => {
  const { clock, call, caller, target, calls } = connectedCall();
  const progress = caller.transfers(TARGET);
  clock.advance(1_000);
  caller.reports("hungUp");
  target.reports("answered");
  expect(progress).toEqual([]);
  expect(call.history.filter(({ state }) => state === "ended")).toHaveLength(1);
  expect(calls()).toEqual([`p0 ${CALLEE} completed`, `${CALLEE} ${TARGET} connected`]);
});

it("A party that hangs up while it's being transferred ends both calls", () => {
  const { clock, caller, callee, target, calls } = connectedCall();
  const progress = caller.transfers(TARGET);
  clock.advance(1_000);
  callee.reports("hungUp");
  expect(progress).toEqual([{ kind: "failed", cause: "canceled" }]);
  expect([caller.told, target.told]).toEqual([["hangUp"], ["ring", "cancel"]]);
  expect(calls()).toEqual([`p0 ${CALLEE} completed`, `${CALLEE} ${TARGET} canceled`]);
});

it("Nobody is transferred to what can't be dialled, before the call is connected, or twice at once", () => {
  const { clock, telephony, caller } = connectedCall();
  expect(caller.transfers("nobody")).toEqual([{ kind: "failed", cause: "not-found" }]);
  caller.transfers(TARGET);
  expect(caller.transfers(TARGET)).toEqual([{ kind: "failed", cause: "rejected" }]);
  const early = new HandPhone("e9");
  telephony.place(request([early], [new HandPhone(CALLEE)]));
  clock.advance(500);
  early.reports("answered");
  expect(early.transfers(TARGET)).toEqual([{ kind: "failed", cause: "rejected" }]);
});

it("A phone connects the other parties of its two calls", () => {
  const { clock, telephony, caller, callee, target, calls, talking } = connectedCall();
  const second = new HandPhone("e0");
  telephony.place({ ...request([second], [target]), callee: TARGET });
  clock.advance(500);
  second.reports("answered");
  clock.advance(1_000);
  target.reports("answered");
  if (second.call === undefined) throw new Error("It wasn't rung.");
  const [, secondCall] = [...telephony.calls()];
  if (secondCall !== undefined) hold(secondCall, true);
  expect(caller.transfers(second.call)).toEqual([{ kind: "done" }]);
  expect([caller.told, second.told.at(-1)]).toEqual([["hangUp"], "hangUp"]);
  expect(calls()).toEqual([
    `p0 ${CALLEE} completed`,
    `p0 ${TARGET} completed`,
    `${CALLEE} ${TARGET} connected`,
  ]);
  expect(target.told.slice(-2)).toEqual(["hold false", "connected"]);
  expect(talking()).toEqual([`${CALLEE} ${TARGET}`]);
  target.reports("hungUp");
  expect(callee.told.at(-1)).toBe("hangUp");
});

it("A phone can't connect anybody to a call that isn't its user's, has ended, or is the same", () => {
  const { clock, telephony, caller, target } = connectedCall();
  const foreign = new HandPhone("e9");
  telephony.place({ ...request([foreign], [target]), userId: "w1" });
  clock.advance(500);
  foreign.reports("answered");
  clock.advance(1_000);
  target.reports("answered");
  for (const { call } of [foreign, caller]) {
    if (call === undefined) throw new Error("It wasn't rung.");
    expect(caller.transfers(call)).toEqual([{ kind: "failed", cause: "not-found" }]);
  }
});

/** The caller consults the target, which rings. */
function consulting() {
  const parties = connectedCall();
  const { telephony, call, clock, target } = parties;
  mute(call, true);
  telephony.consult(call, TARGET, [target]);
  clock.advance(1_000);
  target.reports("ringing");
  return parties;
}

it("Attended: the callee waits while the caller talks to the target, and both talk when the caller hangs up", () => {
  const { caller, callee, target, calls } = consulting();
  target.reports("answered");
  expect(caller.told).toEqual(["mute true", "mute false", "hold false", "ringback", "connected"]);
  expect(callee.told).toEqual(["hold true"]);
  expect(calls()).toEqual([`p0 ${CALLEE} connected`, `p0 ${TARGET} connected`]);
  caller.reports("hungUp");
  expect(callee.told).toEqual(["hold true", "hold false", "connected"]);
  expect(calls()).toEqual([
    `p0 ${CALLEE} completed`,
    `p0 ${TARGET} completed`,
    `${CALLEE} ${TARGET} connected`,
  ]);
  callee.reports("hungUp");
  expect(target.told.at(-1)).toBe("hangUp");
});

it.each(["declines", "hangs up", "is hung up by the client"])(
  "Attended: if the target %s, the caller is back, muted as before",
  (how) => {
    const { telephony, caller, callee, target, calls } = consulting();
    if (how === "declines") target.declines({ cause: "busy" });
    else target.reports("answered");
    const [, second] = [...telephony.calls()];
    if (how === "hangs up") target.reports("hungUp");
    else if (second !== undefined && second.state !== "ended") telephony.hangUp(second);
    expect(caller.told.slice(-3)).toEqual(["connected", "hold false", "mute true"]);
    expect(callee.told).toEqual(["hold true", "hold false"]);
    expect(calls()[0]).toBe(`p0 ${CALLEE} connected`);
    caller.reports("hungUp");
    expect(callee.told.at(-1)).toBe("hangUp");
  },
);

it("Attended: a caller who hangs up while the target rings transfers blindly", () => {
  const { clock, caller, callee, target, calls } = consulting();
  caller.reports("hungUp");
  clock.advance(1_000);
  target.reports("answered");
  expect(callee.told).toEqual(["hold true", "hold false", "connected"]);
  expect(calls()).toEqual([
    `p0 ${CALLEE} completed`,
    `p0 ${TARGET} canceled`,
    `${CALLEE} ${TARGET} connected`,
  ]);
});

it("Attended: a callee who is tired of waiting hangs up, and the caller goes on talking to the target", () => {
  const { caller, callee, target, calls } = consulting();
  target.reports("answered");
  callee.reports("hungUp");
  expect(calls()).toEqual([`p0 ${CALLEE} completed`, `p0 ${TARGET} connected`]);
  target.reports("hungUp");
  expect(caller.told.at(-1)).toBe("hangUp");
});
