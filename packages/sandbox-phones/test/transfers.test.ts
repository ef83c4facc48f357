// Transfers, by the keys of phones and through the API: who talks to whom, and what the API says.
import { expect, it } from "vitest";
import { BrowserPhone, useBrowser } from "./browser-phone.js";
import { hears } from "./hearing.js";
import { Linphone } from "./linphone.js";
import { RawPhone } from "./raw-phone.js";
import { berlin, type PhoneSandbox } from "./support.js";
import { CALLEE, startWithTarget, TARGET, threePhones } from "./three-phones.js";
import { until } from "./until.js";

const browser = useBrowser();

it("baresip transfers its callee to another extension: the callee hears it ring, then both talk; the first call ends", async () => {
  const { phones, id, caller, callee, target } = await threePhones();
  await hears(callee, 440);
  caller.command("transfer", `sip:e8@${(await phones.account("e0")).sipServer}`);
  await target.event("CALL_INCOMING");
  await hears(callee, 425);
  expect(phones.call(id).state).toBe("connected");
  target.command("accept");
  await Promise.all([hears(callee, 1_200), hears(target, 800)]);
  await caller.event("CALL_CLOSED");
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "caller", cause: "completed" });
  expect(phones.call()).toMatchObject({ caller: CALLEE, callee: "e8", state: "connected" });
  callee.command("hangup");
  await target.event("CALL_CLOSED");
});

it("A callee transfers, too: Linphone sends its caller to a number, and hangs up by itself", async () => {
  const phones = await startWithTarget();
  const callee = await Linphone.start(await phones.account("e7"), 600);
  const [caller, target] = await Promise.all([phones.baresip("e0", 440), phones.baresip("e8", 1_200)]);
  await phones.online("e7");
  const id = await phones.place("e0", CALLEE);
  await phones.state("callee-ringing", id);
  callee.say("answer");
  await phones.state("connected", id);
  await hears(callee, 440);
  callee.say(`transfer 1 ${TARGET}`);
  await Promise.all([hears(caller, 1_200), hears(target, 440)]);
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "callee", cause: "completed" });
  expect(phones.call()).toMatchObject({ caller: "e0", callee: TARGET, state: "connected" });
});

it("A target that is busy gives the other party back", async () => {
  const phones = await startWithTarget();
  const caller = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  const callee = await phones.baresip("e7", 800);
  const id = await phones.place("e0", CALLEE);
  await caller.state("ringing");
  await caller.do("answer");
  await phones.state("connected", id);
  await hears(callee, 700);
  await caller.do("transfer", berlin("486"));
  await until(
    async () => String(await caller.do("progress")).endsWith("failed 486"),
    () => "the news that the target is busy",
  );
  expect(await caller.do("progress")).toEqual(["trying", "failed 486"]);
  await Promise.all([hears(callee, 700), caller.hears(800)]);
  expect(phones.call(id).state).toBe("connected");
  expect(phones.call()).toMatchObject({ callee: berlin("486"), end: { cause: "busy" } });
  await caller.do("transfer", "nobody");
  await until(
    async () => String(await caller.do("progress")).endsWith("failed 404"),
    () => "the news that there is no such target",
  );
  await caller.hears(800);
});

it("A browser talks to the target first, then connects both: each of its calls ends", async () => {
  const phones = await startWithTarget();
  const caller = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  const [callee, target] = await Promise.all([phones.baresip("e7", 800), phones.baresip("e8", 1_200)]);
  const id = await phones.place("e0", CALLEE);
  await caller.state("ringing");
  await caller.do("answer");
  await phones.state("connected", id);
  await caller.do("hold");
  await hears(callee, 523);
  await caller.do("dial", "e8");
  await until(
    () => phones.sandbox.calls.length === 2 && phones.call().state === "connected",
    () => "the second call",
  );
  await hears(target, 700);
  await caller.do("connectOthers");
  await Promise.all([hears(callee, 1_200), hears(target, 800)]);
  await until(
    async () => String(await caller.do("progress")).endsWith("accepted"),
    () => "the news that it's done",
  );
  const ends = phones.sandbox.calls.map(({ state, end }) => [state, end?.party, end?.cause]);
  expect(ends).toEqual([
    ["ended", "caller", "completed"],
    ["ended", "caller", "completed"],
    ["connected", undefined, undefined],
  ]);
  await caller.state("ended");
  expect(phones.call()).toMatchObject({ caller: CALLEE, callee: "e8" });
});

it("Linphone talks to the target first, then connects both", async () => {
  const phones = await startWithTarget();
  const caller = await Linphone.start(await phones.account("e0"), 600);
  const [callee, target] = await Promise.all([phones.baresip("e7", 800), phones.baresip("e8", 1_200)]);
  await phones.online("e0");
  caller.say(`call ${CALLEE}`);
  await phones.state("connected");
  await hears(callee, 600);
  caller.say("pause 1");
  await caller.prints("is now paused");
  caller.say("call e8");
  await until(
    () => phones.sandbox.calls.length === 2 && phones.call().state === "connected",
    () => "the second call",
  );
  await hears(target, 600);
  caller.say("transfer 1 --to-call 2");
  await Promise.all([hears(callee, 1_200), hears(target, 800)]);
  await until(
    () => phones.sandbox.calls.filter(({ state }) => state === "ended").length === 2,
    () => "the end of both calls",
  );
});

/** A phone that has answered a call, and does what a test says. */
async function inCall(phones: PhoneSandbox) {
  const phone = await RawPhone.register(await phones.account("e0"));
  const id = await phones.place("e0", berlin("001"));
  const invite = await phone.next("INVITE");
  phone.answer(invite);
  await phones.state("connected", id);
  return { phone, invite, id };
}

const refer = (target: string) => [`Refer-To: <sip:${target}>`];

it("The progress is told by NOTIFY, and a phone that hangs up by itself isn't hung up", async () => {
  const phones = await startWithTarget();
  const { phone, invite, id } = await inCall(phones);
  const response = await phone.requestInCall(invite, "REFER", refer(`${TARGET}@127.0.0.1`));
  expect(response.status).toBe(202);
  const target = await RawPhone.register(await phones.account("e8"));
  expect((await phone.next("NOTIFY", 2)).body).toBe("SIP/2.0 480 Temporarily Unavailable\r\n");

  await phone.requestInCall(invite, "REFER", refer(`${TARGET}@127.0.0.1`));
  const second = await target.next("INVITE");
  target.respond(second, "180 Ringing");
  target.answer(second);
  const done = await phone.next("NOTIFY", 5);
  const bodies = phone.received.filter(({ method }) => method === "NOTIFY").map(({ body }) => body.trim());
  expect(bodies.slice(2)).toEqual(["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK"]);
  expect(["Event", "Content-Type", "Subscription-State"].map((name) => done.header(name))).toEqual([
    `refer;id=${phone.sequence}`,
    "message/sipfrag;version=2.0",
    "terminated;reason=noresource",
  ]);
  expect((await phone.requestInCall(invite, "BYE")).status).toBe(200);
  expect((await phone.requestInCall(invite, "BYE")).status).toBe(481);
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "caller", cause: "completed" });
  expect(phone.received.some(({ method }) => method === "BYE")).toBe(false);
});

it("A phone that doesn't hang up after a transfer is hung up", async () => {
  const phones = await startWithTarget();
  const { phone, invite } = await inCall(phones);
  await phone.requestInCall(invite, "REFER", refer(`${berlin("001")}@127.0.0.1`));
  await phone.next("BYE");
  expect(phones.call().state).toBe("connected");
});

it("A transfer without a proper target, or without a call, is refused", async () => {
  const phones = await startWithTarget();
  const { phone, invite } = await inCall(phones);
  for (const headers of [[], ["Refer-To: nobody"], [...refer("e8@127.0.0.1"), ...refer("e8@127.0.0.1")]]) {
    expect((await phone.requestInCall(invite, "REFER", headers)).status).toBe(400);
  }
  const unknown = refer("e8@127.0.0.1?Replaces=nothing%3Bto-tag%3Da%3Bfrom-tag%3Db");
  expect((await phone.requestInCall(invite, "REFER", unknown)).status).toBe(202);
  expect((await phone.next("NOTIFY", 2)).body).toBe("SIP/2.0 404 Not Found\r\n");
  expect((await phone.request("REFER", "sip:e8@127.0.0.1", refer("e8@127.0.0.1"))).status).toBe(481);
});

it("A transferred callee hears the target's phone ring, then the target; the caller is free", async () => {
  const { phones, id, caller, callee, target } = await threePhones();
  await phones.api("POST", `/calls/${id}/transfer`, { attended: false, phoneNumber: TARGET });
  await caller.event("CALL_CLOSED");
  expect(phones.call(id)).toMatchObject({ state: "ended", end: { cause: "completed" } });
  await target.event("CALL_INCOMING");
  await hears(callee, 425);
  target.command("accept");
  await Promise.all([hears(callee, 1_200), hears(target, 800)]);
  expect(phones.call()).toMatchObject({ caller: CALLEE, callee: TARGET, state: "connected" });
  // The new call's page has what both of its phones say, and what is said to them.
  target.command("hangup");
  await callee.event("CALL_CLOSED");
  const page = await phones.page(phones.call().id);
  for (const extension of ["e7", "e8"])
    expect(page).toMatch(new RegExp(`<td>${extension}</td><td>RTP</td><td>[1-9]`));
  expect(page).toContain("BYE from e8");
  expect(page).toContain("BYE to e7");
});

it("A simulated callee is transferred to a registered phone, which hears its voice", async () => {
  const phones = await startWithTarget();
  const [caller, target] = await Promise.all([phones.baresip("e0", 700), phones.baresip("e8", 1_200)]);
  const id = await phones.place("e0", berlin("001"));
  await phones.state("connected", id);
  await phones.api("POST", `/calls/${id}/transfer`, { attended: false, phoneNumber: TARGET });
  await caller.event("CALL_CLOSED");
  await hears(target, 440);
  expect(phones.call()).toMatchObject({ caller: berlin("001"), callee: TARGET, state: "connected" });
});

it("An attended transfer of the API: the callee waits while the caller talks to the target; when the caller hangs up, both talk", async () => {
  const { phones, id, caller, callee, target } = await threePhones();
  await phones.api("POST", `/calls/${id}/transfer`, { attended: true, phoneNumber: TARGET });
  await target.event("CALL_INCOMING");
  await Promise.all([hears(caller, 425), hears(callee, 523)]);
  target.command("accept");
  await Promise.all([hears(caller, 1_200), hears(target, 440)]);
  expect(phones.sandbox.calls.map(({ state }) => state)).toEqual(["connected", "connected"]);
  caller.command("hangup");
  await Promise.all([hears(callee, 1_200), hears(target, 800)]);
  expect(phones.sandbox.calls.map(({ state, callee: to }) => [state, to])).toEqual([
    ["ended", CALLEE],
    ["ended", TARGET],
    ["connected", TARGET],
  ]);
});

it("An attended transfer whose target declines brings the caller back", async () => {
  const phones = await startWithTarget();
  const [caller, callee] = await Promise.all([phones.baresip("e0", 440), phones.baresip("e7", 800)]);
  const target = await RawPhone.register(await phones.account("e8"));
  const id = await phones.place("e0", CALLEE);
  await phones.state("connected", id);
  await phones.api("POST", `/calls/${id}/transfer`, { attended: true, phoneNumber: TARGET });
  const invite = await target.next("INVITE");
  target.respond(invite, "180 Ringing");
  await hears(callee, 523);
  target.respond(invite, "603 Decline");
  await Promise.all([hears(callee, 440), hears(caller, 800)]);
  expect(phones.sandbox.calls.map(({ state }) => state)).toEqual(["connected", "ended"]);
});
