// How calls end: phones that decline, give up, vanish, answer twice or at the same time.
import { expect, it } from "vitest";
import { RawPhone } from "./raw-phone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { until } from "./until.js";

it.each([
  ["486 Busy Here", "busy", "caller"],
  ["600 Busy Everywhere", "busy", "caller"],
  ["603 Decline", "rejected", "caller"],
  ["480 Temporarily Unavailable", "unreachable", "network"],
  ["404 Not Found", "not-found", "network"],
  ["408 Request Timeout", "no-answer", "caller"],
  ["302 Moved Temporarily", "forwarded", "caller"],
  ["488 Not Acceptable Here", "unreachable", "network"],
])("A phone that rings and responds with %s ends the call as %s (%s)", async (status, cause, party) => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e0"));
  const id = await phones.place("e0", berlin("001"));
  const invite = await phone.next("INVITE");
  phone.respond(invite, "180 Ringing");
  await phones.state("caller-ringing", id);
  phone.respond(invite, status);
  expect((await phones.state("ended", id)).end).toMatchObject({ cause, party });
  await phone.next("ACK");
});

it("The callee's refusal is the callee's, and the caller's phone is hung up", async () => {
  const phones = await PhoneSandbox.start({ callees: { [berlin("010")]: "e7" } });
  const caller = await RawPhone.register(await phones.account("e0"));
  const callee = await RawPhone.register(await phones.account("e7"));
  await phones.place("e0", berlin("010"));
  caller.answer(await caller.next("INVITE"));
  callee.respond(await callee.next("INVITE"), "486 Busy Here");
  expect((await phones.state("ended")).end).toMatchObject({ cause: "busy", party: "callee" });
  await caller.next("BYE");
});

it("A callee without a registered phone is offline", async () => {
  const phones = await PhoneSandbox.start({ callees: { [berlin("010")]: "e7" } });
  const caller = await RawPhone.register(await phones.account("e0"));
  await phones.place("e0", berlin("010"));
  caller.answer(await caller.next("INVITE"));
  expect((await phones.state("ended")).end).toMatchObject({ cause: "unreachable", party: "network" });
});

it("A phone whose connection is cut while it rings, or in a call, ends the call at once", async () => {
  const phones = await PhoneSandbox.start();
  const ringing = await RawPhone.register(await phones.account("e0"));
  const first = await phones.place("e0", berlin("001"));
  ringing.respond(await ringing.next("INVITE"), "180 Ringing");
  await phones.state("caller-ringing", first);
  ringing.socket.resetAndDestroy?.();
  expect((await phones.state("ended", first)).end).toMatchObject({ cause: "unreachable", party: "network" });

  const talking = await RawPhone.register(await phones.account("e0"));
  const second = await phones.place("e0", berlin("001"));
  talking.answer(await talking.next("INVITE"));
  await phones.state("connected", second);
  talking.socket.destroy();
  expect((await phones.state("ended", second)).end).toMatchObject({ cause: "completed", party: "network" });
});

it("A call that is ended by the API cancels a phone that rings, as soon as the phone knows of the call", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e0"));
  const id = await phones.place("e0", berlin("001"));
  const invite = await phone.next("INVITE");
  await phones.api("DELETE", `/calls/${id}`);
  expect(phone.received.some(({ method }) => method === "CANCEL")).toBe(false);
  phone.respond(invite, "180 Ringing");
  const cancel = await phone.next("CANCEL");
  expect(cancel.header("Reason")).toBe("");
  phone.respond(cancel, "200 OK");
  phone.respond(invite, "487 Request Terminated");
  await phone.next("ACK");
  expect(phones.call(id).end).toMatchObject({ cause: "canceled", party: "client" });
});

it("A phone that is answered while it's cancelled is hung up", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e0"));
  const id = await phones.place("e0", berlin("001"));
  const invite = await phone.next("INVITE");
  phone.respond(invite, "180 Ringing");
  await phones.state("caller-ringing", id);
  await phones.api("DELETE", `/calls/${id}`);
  await phone.next("CANCEL");
  phone.answer(invite);
  await phone.next("ACK");
  phone.respond(await phone.next("BYE"), "200 OK");
});

it("Of several phones of an extension all ring, the first to answer wins, the others learn that it was elsewhere", async () => {
  const phones = await PhoneSandbox.start();
  const account = await phones.account("e0");
  const [first, second, third] = [
    await RawPhone.register(account),
    await RawPhone.register(account),
    await RawPhone.register(account),
  ];
  await phones.online("e0", 3);
  const id = await phones.place("e0", berlin("001"));
  for (const phone of [first, second, third]) phone.respond(await phone.next("INVITE"), "180 Ringing");
  first.respond(await first.next("INVITE"), "486 Busy Here");
  await first.next("ACK");
  second.answer(await second.next("INVITE"));
  expect((await third.next("CANCEL")).header("Reason")).toBe('SIP;cause=200;text="Call completed elsewhere"');
  third.respond(await third.next("INVITE"), "487 Request Terminated");
  const { legs } = await phones.state("caller-answered", id);
  expect(legs[0]).toMatchObject({ endpoints: ["e0"], answeredBy: "e0" });
  expect(first.received.some(({ method }) => method === "CANCEL")).toBe(false);
});

it("If two phones answer at the same time, exactly one is in the call; the other is hung up", async () => {
  const phones = await PhoneSandbox.start();
  const account = await phones.account("e0");
  const both = [await RawPhone.register(account), await RawPhone.register(account)];
  const id = await phones.place("e0", berlin("001"));
  const invites = await Promise.all(both.map((phone) => phone.next("INVITE")));
  for (const [index, phone] of both.entries()) {
    phone.respond(invites[index] as never, "180 Ringing");
    phone.answer(invites[index] as never);
  }
  await phones.state("caller-answered", id);
  const hungUp = () => both.filter(({ received }) => received.some(({ method }) => method === "BYE"));
  await until(
    () => hungUp().length === 1,
    () => "one BYE",
  );
  await Promise.all(both.map((phone) => phone.next("ACK")));
  await phones.api("DELETE", `/calls/${id}`);
  await until(
    () => hungUp().length === 2,
    () => "two BYEs",
  );
});

it("A second response with another tag is acknowledged and hung up; the call goes on", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e0"));
  const id = await phones.place("e0", berlin("001"));
  const invite = await phone.next("INVITE");
  phone.answer(invite, "first");
  await phones.state("caller-answered", id);
  phone.answer(invite, "second");
  const bye = await phone.next("BYE");
  expect(bye.header("To")).toContain("tag=second");
  phone.answer(invite, "first");
  await phone.next("ACK", 3);
  expect(phones.call(id).end).toBeUndefined();
});

it("A phone that answers with audio that nobody else speaks is hung up", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e0"));
  const id = await phones.place("e0", berlin("001"));
  const body =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 9\r\n";
  phone.respond(await phone.next("INVITE"), "200 OK", { body });
  await phone.next("BYE");
  expect((await phones.state("ended", id)).end).toMatchObject({ cause: "unreachable" });
});

it("History and pushed events of such a call are as those of simulated phones", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e0"));
  const id = await phones.place("e0", berlin("001"));
  phone.respond(await phone.next("INVITE"), "603 Decline");
  await phones.state("ended", id);
  await until(
    async () =>
      ((await (await phones.api("GET", "/history")).json()) as { totalCount: number }).totalCount === 1,
    () => "an entry in the history",
  );
  const { items } = (await (await phones.api("GET", "/history")).json()) as { items: object[] };
  expect(items[0]).toMatchObject({ callId: id, callStatus: "REJECTED", status: "NOPICKUP", duration: 0 });
});
