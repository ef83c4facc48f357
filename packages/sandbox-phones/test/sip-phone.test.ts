// Calls of the REST API that ring baresip, a SIP phone that speaks SIP over TCP and plain RTP.
import { expect, it } from "vitest";
import { Baresip } from "./baresip.js";
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
