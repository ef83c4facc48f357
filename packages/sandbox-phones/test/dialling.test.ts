// Phones that dial by themselves: another extension, a number of the sandbox, the echo number.
import { expect, it } from "vitest";
import { Baresip } from "./baresip.js";
import { BrowserPhone, useBrowser } from "./browser-phone.js";
import { hears } from "./hearing.js";
import { authorizationFor, RawPhone, SDP } from "./raw-phone.js";
import { berlin, PhoneSandbox } from "./support.js";

const browser = useBrowser();

it("A phone dials another extension: it rings there, both talk, and the API shows the call", async () => {
  const phones = await PhoneSandbox.start();
  const [caller, callee] = await Promise.all([
    Baresip.start(await phones.account("e0"), { frequency: 440 }),
    Baresip.start(await phones.account("e3"), { frequency: 800 }),
  ]);
  await Promise.all([phones.online("e0"), phones.online("e3")]);
  const { sipServer } = await phones.account("e0");
  caller.command("dial", `sip:e3@${sipServer};transport=tcp`);
  expect((await callee.event("CALL_INCOMING")).peeruri).toContain("+496990009000");
  await caller.event("CALL_RINGING");
  await phones.state("callee-ringing");
  callee.command("accept");
  const { id, caller: from, callee: to } = await phones.state("connected");
  expect([from, to]).toEqual(["e0", "e3"]);
  await Promise.all([hears(caller, 800), hears(callee, 440)]);
  const { data } = (await (await phones.api("GET", "/calls")).json()) as { data: { callId: string }[] };
  expect(data.map(({ callId }) => callId)).toEqual([id]);
  caller.command("hangup");
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "caller", cause: "completed" });
  await callee.event("CALL_CLOSED");
});

it("A browser dials the echo number as people write it, and hears itself", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  await phone.do("dial", "030-23125002");
  await phones.state("connected");
  expect(phones.call().callee).toBe(berlin("002"));
  await phone.hears(700);
  await phones.api("DELETE", `/calls/${phones.call().id}`);
  await phone.state("ended");
});

it("A phone that dials learns by the status what is wrong", async () => {
  const statuses: Readonly<Record<string, number>> = {
    [berlin("486")]: 486,
    [berlin("404")]: 404,
    [berlin("480")]: 480,
    [berlin("403")]: 403,
    [berlin("603")]: 603,
    e99: 404,
    "110": 404,
    nobody: 404,
  };
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e0"));
  const dialled = Object.keys(statuses).map(async (text) => [text, (await dial(phone, text)).status]);
  expect(Object.fromEntries(await Promise.all(dialled))).toEqual(statuses);
});

it("Nobody dials without a password, and what isn't audio of a telephone is refused", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.connect(await phones.account("e0"));
  const type = "Content-Type: application/sdp";
  expect((await phone.request("INVITE", `sip:e3@${phone.account.sipServer}`, [type], SDP)).status).toBe(407);
  expect((await dial(phone, berlin("001"), SDP.replace("0 101", "9 18"))).status).toBe(488);
  expect((await dial(phone, berlin("001"), "")).status).toBe(488);
  expect(phones.sandbox.calls).toEqual([]);
});

it("A phone takes its call up with an INVITE that replaces the former one; one that nobody knows begins none", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.connect(await phones.account("e0"));
  const answered = await dial(phone, berlin("001"));
  const tag = /tag=(.+)/.exec(answered.header("To"))?.[1];
  const replacing = (ownTag: string) => [
    "Require: replaces",
    `Replaces: ${answered.header("Call-ID")};to-tag=${tag};from-tag=${ownTag}`,
  ];
  expect((await dial(phone, "sandbox", SDP, replacing("nobody"))).status).toBe(481);
  expect((await dial(phone, "sandbox", SDP, replacing("raw"))).status).toBe(200);
  const bye = await phone.next("BYE");
  expect(bye.header("Call-ID")).toBe(answered.header("Call-ID"));
  expect(phones.sandbox.calls).toHaveLength(1);
  expect(phones.call().state).toBe("connected");
});

/** Dials with the right password. Resolves with the last response. */
async function dial(phone: RawPhone, dialled: string, body = SDP, more: readonly string[] = []) {
  const uri = `sip:${dialled}@${phone.account.sipServer}`;
  const headers = [`Contact: ${phone.contact}`, "Content-Type: application/sdp", ...more];
  const challenge = await phone.request("INVITE", uri, headers, body);
  const authorization = authorizationFor(phone.account, challenge, "INVITE", uri);
  return phone.request("INVITE", uri, [...headers, `Proxy-Authorization: ${authorization}`], body);
}
