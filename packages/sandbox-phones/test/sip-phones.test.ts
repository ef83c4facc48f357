// SIP phones that people have, over TCP and with plain RTP: baresip and Linphone. Who rings, talks and hangs up, and what
// is heard.
import { expect, it } from "vitest";
import { Baresip } from "./baresip.js";
import { BrowserPhone, useBrowser } from "./browser-phone.js";
import { hears } from "./hearing.js";
import { Linphone } from "./linphone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { until } from "./until.js";

it("A SIP phone registers with the credentials of the API, and makes its device online", async () => {
  const phones = await PhoneSandbox.start();
  expect((await phones.device("e1")).online).toBe(false);
  const phone = await Baresip.start(await phones.account("e1"));
  await phones.online("e1");
  const { online, registered } = await phones.device("e1");
  expect(online).toBe(true);
  expect(registered[0]?.userAgent).toMatch(/^baresip/);
  phone.kill();
  await until(
    async () => !(await phones.device("e1")).online,
    () => "e1 offline",
  );
});

it("A call rings the phone, which shows the callee, answers, hears the callee's voice and hangs up", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await Baresip.start(await phones.account("e0"));
  await phones.online("e0");
  const id = await phones.place("e0", berlin("001"));
  const incoming = await phone.event("CALL_INCOMING");
  expect(incoming.peeruri).toContain(berlin("001"));
  await phones.state("caller-ringing", id);
  phone.command("accept");
  await phones.state("connected", id);
  await phone.event("CALL_ESTABLISHED");
  phone.command("hangup");
  const { end, legs } = await phones.state("ended", id);
  expect(end).toEqual({ party: "caller", cause: "completed", raw: "normalClearing" });
  expect(legs[0]).toMatchObject({ answeredBy: "e0", state: "released" });
});

it.each([
  ["PCMU/8000/1", "PCMU/8000/1"],
  ["PCMA/8000/1", "PCMU/8000/1"],
])("Two phones with %s and %s hear each other", async (codecs, others) => {
  const phones = await PhoneSandbox.start({ callees: { [berlin("010")]: "e7" } });
  const [caller, callee] = await Promise.all([
    Baresip.start(await phones.account("e0"), { frequency: 440, answers: true, codecs }),
    Baresip.start(await phones.account("e7"), { frequency: 800, codecs: others }),
  ]);
  await Promise.all([phones.online("e0"), phones.online("e7")]);
  const id = await phones.place("e0", berlin("010"));
  await callee.event("CALL_INCOMING");
  await phones.state("callee-ringing", id);
  await hears(caller, 425); // The ringback tone.
  callee.command("accept");
  await phones.state("connected", id);
  await Promise.all([hears(caller, 800), hears(callee, 440)]);
  callee.command("hangup");
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "callee", cause: "completed" });
  await caller.event("CALL_CLOSED");
});

it("A simulated callee speaks, and the echo number says what it hears a second later", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await Baresip.start(await phones.account("e0"), { frequency: 700, answers: true });
  await phones.online("e0");
  const voice = await phones.place("e0", berlin("001"));
  await hears(phone, 440);
  await phones.api("DELETE", `/calls/${voice}`);
  await phone.event("CALL_CLOSED");
  await phones.place("e0", berlin("002"));
  await hears(phone, 700);
});

const browser = useBrowser();

const CALLEE = berlin("010");

it("Linphone is called, talks with a SIP phone, and hangs up", async () => {
  const phones = await PhoneSandbox.start({ callees: { [CALLEE]: "e7" } });
  const [caller, callee] = await Promise.all([
    Linphone.start(await phones.account("e0"), 600),
    Baresip.start(await phones.account("e7"), { frequency: 1_000, answers: true }),
  ]);
  await Promise.all([phones.online("e0"), phones.online("e7")]);
  expect((await phones.device("e0")).registered[0]?.userAgent).toMatch(/^Linphone/);
  const id = await phones.place("e0", CALLEE);
  await phones.state("caller-ringing", id);
  await caller.prints(CALLEE);
  caller.say("answer");
  await phones.state("connected", id);
  await hears(caller, 1_000);
  await hears(callee, 600);
  caller.say("terminate");
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "caller", cause: "completed" });
});

it("Linphone dials a browser's extension, both talk, and the browser hangs up", async () => {
  const phones = await PhoneSandbox.start();
  const callee = await BrowserPhone.register(browser(), await phones.account("e3"), 1_200);
  const caller = await Linphone.start(await phones.account("e0"), 600);
  await phones.online("e0");
  caller.say("call e3");
  await callee.state("ringing");
  await callee.do("answer");
  await phones.state("connected");
  await Promise.all([callee.hears(600), hears(caller, 1_200)]);
  await callee.do("hangUp");
  expect((await phones.state("ended")).end).toMatchObject({ party: "callee", cause: "completed" });
});
