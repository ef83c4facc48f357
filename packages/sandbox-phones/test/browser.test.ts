// Browsers as phones, and every mix of a browser and a SIP phone.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Baresip } from "./baresip.js";
import { BrowserPhone, startBrowser } from "./browser-phone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { millisecondsOf } from "./tones.js";
import { until } from "./until.js";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
}, 60_000);
afterAll(() => browser.close());

const CALLEE = berlin("010");

it("A browser registers by WebSocket, rings, answers, hears the callee's voice and hangs up", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await BrowserPhone.register(browser, await phones.account("e0"), 700);
  expect((await phones.device("e0")).registered[0]?.userAgent).toMatch(/^JsSIP/);
  const id = await phones.place("e0", berlin("001"));
  await phone.state("ringing");
  await phones.state("caller-ringing", id);
  await phone.do("answer");
  await phones.state("connected", id);
  await phone.hears(440);
  await phone.do("hangUp");
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "caller", cause: "completed" });
});

it("A browser calls a SIP phone: both hear each other, and either hangs up", async () => {
  const phones = await PhoneSandbox.start({ callees: { [CALLEE]: "e7" } });
  const caller = await BrowserPhone.register(browser, await phones.account("e0"), 700);
  const callee = await Baresip.start(await phones.account("e7"), { frequency: 1_000, answers: true });
  await phones.online("e7");
  const id = await phones.place("e0", CALLEE);
  await caller.state("ringing");
  await caller.do("answer");
  await phones.state("connected", id);
  await caller.hears(1_000);
  const heard = () => Math.max(0, ...callee.recordings("dec").map((file) => millisecondsOf(700, file)));
  await until(
    () => heard() > 400,
    () => `700 Hz at the SIP phone; it was ${heard()} ms`,
  );
  callee.command("hangup");
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "callee", cause: "completed" });
  await caller.state("ended");
});
