// What people hear: two phones of people, and the sounds of the sandbox.
import { expect, it } from "vitest";
import { Baresip } from "./baresip.js";
import { hears } from "./hearing.js";
import { berlin, PhoneSandbox } from "./support.js";

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
