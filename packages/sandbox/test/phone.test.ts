// The port for phones, with phones that do what the test says. What works with them works with any kind of phone.
import { expect, it } from "vitest";
import { createClock } from "../src/clock.js";
import type { Phone } from "../src/phones/phone.js";
import { SimulatedPhone } from "../src/phones/simulated-phone.js";
import { hold, sendDtmf } from "../src/switch/controls.js";
import { snapshotOf } from "../src/switch/snapshot.js";
import { CALLEE, HandPhone, request, switchWith } from "./hand-phone.js";
import { berlin, course } from "./support.js";

const CANCELLED = "cancel: answered elsewhere";
const BUSY = { party: "caller", cause: "busy", raw: "busy" } as const;

/** A call, half a second after it was placed: the caller's phones are being rung. */
function callWith(
  callerPhones: readonly Phone[],
  calleePhones: readonly Phone[] = [new HandPhone(CALLEE)],
  clock = createClock("manual"),
) {
  const telephony = switchWith(clock);
  const call = telephony.place(request(callerPhones, calleePhones));
  clock.advance(500);
  return { clock, telephony, call };
}

/** A connected call with one phone on each side. */
function connectedCall() {
  const [caller, callee] = [new HandPhone("e0"), new HandPhone(CALLEE)];
  const { clock, telephony, call } = callWith([caller], [callee]);
  caller.reports("answered");
  clock.advance(1_000);
  callee.reports("answered");
  return { clock, telephony, call, caller, callee };
}

it("A phone of another kind rings, answers, is connected and hung up", () => {
  const [caller, callee] = [new HandPhone("e0"), new HandPhone(CALLEE)];
  const { clock, telephony, call } = callWith([caller], [callee]);
  caller.reports("ringing");
  clock.advance(2_000);
  caller.reports("answered");
  expect(callee.told).toEqual([]);
  clock.advance(1_000);
  callee.reports("ringing");
  clock.advance(3_000);
  expect(caller.told).toEqual(["ring", "ringback"]);
  callee.reports("answered");
  clock.advance(100_000);
  telephony.hangUp(call);

  expect(course(snapshotOf(call))).toEqual([
    "accepted@0",
    "caller-ringing@0.5",
    "caller-answered@2.5",
    "callee-ringing@3.5",
    "connected@6.5",
    "ended@106.5",
  ]);
  expect(call.end).toEqual({ party: "client", cause: "completed", raw: "normalClearing" });
  expect(caller.told).toEqual(["ring", "ringback", "connected", "hangUp"]);
  expect(callee.told).toEqual(["ring", "connected", "hangUp"]);
  expect(snapshotOf(call).legs).toMatchObject([
    { endpoints: ["e0"], answeredBy: "e0" },
    { endpoints: [CALLEE], answeredBy: CALLEE },
  ]);
});

it("A phone learns the call's id and the number to display: the caller sees the callee, the callee the caller ID", () => {
  const { call, caller, callee } = connectedCall();
  expect(caller.incoming).toEqual({ callId: call.id, shownNumber: CALLEE });
  expect(callee.incoming).toEqual({ callId: call.id, shownNumber: berlin("999") });
});

it("A phone may answer without ringing before, and that state is skipped", () => {
  const { call } = connectedCall();
  expect(call.history.map(({ state }) => state)).toEqual(["accepted", "caller-answered", "connected"]);
});

it("Of several phones the first to answer wins, the others are cancelled, and a second answer counts for nothing", () => {
  const [first, second, third] = [new HandPhone("e0"), new HandPhone("e1"), new HandPhone("e2")];
  const { telephony, call } = callWith([first, second, third]);
  for (const phone of [first, second, third]) phone.reports("ringing");
  first.declines(BUSY);
  second.reports("answered");
  expect([first.told, second.told, third.told]).toEqual([["ring"], ["ring"], ["ring", CANCELLED]]);

  // This phone was answered while it was being cancelled.
  third.reports("answered");
  third.reports("hungUp");
  third.reports("gone");
  first.reports("answered");
  expect(snapshotOf(call).legs[0]).toMatchObject({ answeredBy: "e1", state: "answered" });
  telephony.hangUp(call);
  expect([first.told, second.told, third.told]).toEqual([["ring"], ["ring", "hangUp"], ["ring", CANCELLED]]);
});

it("A leg rings as soon as its first phone does, once, and a phone that only rings can't hang up", () => {
  const [first, second] = [new HandPhone("e0"), new HandPhone("e1")];
  const { clock, call } = callWith([first, second]);
  first.reports("ringing");
  clock.advance(1_000);
  for (const phone of [first, second]) {
    phone.reports("ringing");
    phone.reports("hungUp");
  }
  expect(course(snapshotOf(call))).toEqual(["accepted@0", "caller-ringing@0.5"]);
});

it("Phones of different kinds ring side by side", () => {
  const clock = createClock("manual");
  const hand = new HandPhone("e7");
  const simulated = new SimulatedPhone("e0", { kind: "answers", afterMs: 2_000 }, clock);
  const { call } = callWith([hand, simulated], undefined, clock);
  hand.reports("ringing");
  expect(call.state).toBe("caller-ringing");
  clock.advance(2_000);
  expect(snapshotOf(call).legs[0]).toMatchObject({ answeredBy: "e0" });
  expect(hand.told).toEqual(["ring", CANCELLED]);
});

it("If every phone declines, the last one decides how the call ends", () => {
  const [first, second] = [new HandPhone("e0"), new HandPhone("e1")];
  const { call } = callWith([first, second]);
  first.reports("gone");
  expect(call.state).toBe("accepted");
  second.declines(BUSY);
  expect(call.end).toEqual(BUSY);
  expect([first.told, second.told]).toEqual([["ring"], ["ring"]]);
});

it("A phone that nobody answers in time is cancelled: no answer if it has rung, unreachable if not", () => {
  const ends = [true, false].map((rings) => {
    const phone = new HandPhone("e0");
    const { clock, call } = callWith([phone]);
    if (rings) phone.reports("ringing");
    clock.advance(45_000);
    expect(phone.told).toEqual(["ring", "cancel"]);
    phone.reports("answered");
    expect(call.state).toBe("ended");
    return call.end;
  });
  expect(ends).toMatchObject([
    { party: "caller", cause: "no-answer" },
    { party: "network", cause: "unreachable" },
  ]);
});

it("A call that a client ends while phones ring cancels them, and hangs up the phone that has answered", () => {
  const [caller, callee] = [new HandPhone("e0"), new HandPhone(CALLEE)];
  const { clock, telephony, call } = callWith([caller], [callee]);
  caller.reports("answered");
  clock.advance(1_000);
  callee.reports("ringing");
  telephony.hangUp(call);
  expect([caller.told, callee.told]).toEqual([
    ["ring", "ringback", "hangUp"],
    ["ring", "cancel"],
  ]);
});

it.each([
  ["hungUp", "caller", { party: "caller", cause: "completed" }],
  ["hungUp", "callee", { party: "callee", cause: "completed" }],
  ["gone", "callee", { party: "network", cause: "completed" }],
] as const)(
  "If a phone reports %s while both talk (%s), the call ends and the other phone alone is hung up",
  (report, who, end) => {
    const { call, caller, callee } = connectedCall();
    const [self, other] = who === "caller" ? [caller, callee] : [callee, caller];
    self.reports(report);
    expect(call.end).toMatchObject(end);
    expect([self.told, other.told]).toEqual([
      ["ring", "connected"],
      ["ring", "connected", "hangUp"],
    ]);
  },
);

it.each([
  ["hungUp", { party: "caller", cause: "canceled" }],
  ["gone", { party: "network", cause: "unreachable" }],
] as const)(
  "If the caller's phone reports %s while the callee's rings, the callee's is cancelled",
  (report, end) => {
    const [caller, callee] = [new HandPhone("e0"), new HandPhone(CALLEE)];
    const { clock, call } = callWith([caller], [callee]);
    caller.reports("answered");
    clock.advance(1_000);
    caller.reports(report);
    expect(call.end).toMatchObject(end);
    expect(callee.told).toEqual(["ring", "cancel"]);
  },
);

it("Nothing that a phone reports after the end changes the call", () => {
  const { call, telephony, caller, callee } = connectedCall();
  telephony.hangUp(call);
  const before = snapshotOf(call);
  for (const phone of [caller, callee]) {
    for (const kind of ["ringing", "answered", "hungUp", "gone"] as const) phone.reports(kind);
    phone.declines(BUSY);
  }
  expect(snapshotOf(call)).toEqual(before);
});

it("What is pressed at the phone that answered is noted, and nothing else", () => {
  const { call, callee, caller } = connectedCall();
  callee.presses("12");
  caller.presses("#");
  expect(snapshotOf(call).legs.map(({ pressed }) => pressed)).toEqual([["#"], ["12"]]);

  const phone = new HandPhone("e0");
  const { call: other } = callWith([phone]);
  phone.presses("1");
  expect(snapshotOf(other).legs[0]?.pressed).toEqual([]);
});

it("A phone that doesn't know who ended the call is believed the cause, and the switch knows whose it is", () => {
  const ends = (["busy", "unreachable"] as const).map((cause) => {
    const phone = new HandPhone("e0");
    const { call } = callWith([phone]);
    phone.declines({ cause });
    return call.end;
  });
  expect(ends).toEqual([
    { party: "caller", cause: "busy", raw: "busy" },
    { party: "network", cause: "unreachable", raw: "notFound" },
  ]);
});

it("A phone that begins a call hears the callee ring, is connected and hung up; no other phone of that side rings", () => {
  const clock = createClock("manual");
  const telephony = switchWith(clock);
  const [caller, callee] = [new HandPhone("e0"), new HandPhone(CALLEE)];
  const phoneCall = caller.ring({ callId: "", shownNumber: "" }, () => undefined);
  const { call, report } = telephony.dial(request([caller], [callee]), caller, phoneCall);
  clock.advance(1_000);
  callee.reports("ringing");
  callee.reports("answered");
  callee.reports("hungUp");
  report({ kind: "hungUp" });
  expect(caller.told).toEqual(["ring", "ringback", "connected", "hangUp"]);
  expect(call.end).toMatchObject({ party: "callee", cause: "completed" });
});

it("A phone that begins a call and hangs up ends it", () => {
  const clock = createClock("manual");
  const telephony = switchWith(clock);
  const [caller, callee] = [new HandPhone("e0"), new HandPhone(CALLEE)];
  const phoneCall = caller.ring({ callId: "", shownNumber: "" }, () => undefined);
  const { call, report } = telephony.dial(request([caller], [callee]), caller, phoneCall);
  clock.advance(1_000);
  report({ kind: "hungUp" });
  expect([call.end?.cause, callee.told]).toEqual(["canceled", ["ring", "cancel"]]);
});

it("Hold reaches both phones, DTMF tones reach the callee's", () => {
  const { call, caller, callee } = connectedCall();
  hold(call, true);
  sendDtmf(call, "12#");
  hold(call, false);
  expect(caller.told).toEqual(["ring", "connected", "hold true", "hold false"]);
  expect(callee.told).toEqual(["ring", "connected", "hold true", "dtmf 12#", "hold false"]);
  expect(snapshotOf(call)).toMatchObject({ hold: false, dtmf: ["12#"] });
});
