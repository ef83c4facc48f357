// Linphone, which many people have, beside baresip and a browser.
import { expect, it } from "vitest";
import { Baresip } from "./baresip.js";
import { BrowserPhone, useBrowser } from "./browser-phone.js";
import { hears } from "./hearing.js";
import { Linphone } from "./linphone.js";
import { berlin, PhoneSandbox } from "./support.js";

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
