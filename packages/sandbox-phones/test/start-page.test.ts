// What the sandbox's start page shows of phones and their calls.
import { expect, it } from "vitest";
import { Baresip } from "./baresip.js";
import { RawPhone } from "./raw-phone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { until } from "./until.js";

async function page(phones: PhoneSandbox, path: string): Promise<string> {
  const html = await (await fetch(`${phones.sandbox.loginUrl}${path}`)).text();
  return html.replace(/<style>[^<]*<\/style>/, "");
}

it("The page shows registered phones, how they reach it, and that UDP isn't there", async () => {
  const phones = await PhoneSandbox.start();
  expect(await page(phones, "/")).toContain("No phone is registered.");
  const phone = await RawPhone.register(await phones.account("e0"));
  const html = await page(phones, "/");
  expect(html).toContain(`<code>${phones.sandbox.sipServer}</code>`);
  expect(html).toContain(`<td>TCP</td><td>127.0.0.1:${phone.socket.localPort}</td>`);
  expect(html).toMatch(/UDP.*set the transport of the account to TCP/);
});

it("A call's page shows its legs, its SIP messages as a ladder without secrets, and how the audio arrives", async () => {
  const phones = await PhoneSandbox.start({ callees: { [berlin("010")]: "e7" } });
  const [caller, callee] = await Promise.all([
    Baresip.start(await phones.account("e0"), { answers: true }),
    Baresip.start(await phones.account("e7"), { answers: true }),
  ]);
  await Promise.all([phones.online("e0"), phones.online("e7")]);
  const id = await phones.place("e0", berlin("010"));
  await phones.state("connected", id);
  await until(
    async () =>
      /<td>e7<\/td><td>RTP<\/td><td>[1-9]\d+<\/td><td>0<\/td>/.test(await page(phones, `/calls/${id}`)),
    () => "packets of e7",
  );
  caller.command("hangup");
  await callee.event("CALL_CLOSED");
  const html = await page(phones, `/calls/${id}`);
  expect(html).toContain("Ended: completed, by the caller");
  const lines = /<pre>(.*?)<\/pre>/s.exec(html)?.[1]?.split("\n") ?? [];
  expect(lines[0]).toMatch(/^ {15}e0 127\.0\.0\.1:\d+ +sandbox +e7 127\.0\.0\.1:\d+$/);
  for (const step of [
    /\|&#60;-+ INVITE -+\| +\|$/,
    /\|-+ 180 Ringing -+&#62;\| +\|$/,
    /\| +\|-+ INVITE -+&#62;\|$/,
    /\| +\|&#60;-+ 180 Ringing -+\|$/,
    /\|-+ BYE -+&#62;\| +\|$/,
    /\| +\|-+ BYE -+&#62;\|$/,
  ])
    expect(lines.some((line) => step.test(line))).toBe(true);
  expect(html).toMatch(/<summary>[\d:.]+ INVITE to e7<\/summary>/);
});

it("Proofs of passwords are in neither the page nor the trace", async () => {
  const traced: string[] = [];
  const phones = await PhoneSandbox.start({ trace: (text) => traced.push(text) });
  const account = await phones.account("e0");
  await RawPhone.register(account);
  const trace = traced.join("");
  expect(trace).toMatch(/<- 127\.0\.0\.1:\d+\nREGISTER sip:/);
  expect(trace).toMatch(/-> 127\.0\.0\.1:\d+\nSIP\/2\.0 401 Unauthorized/);
  expect(trace).toMatch(/Authorization: Digest username="1000000e0".*nonce=\*\*\*.*response=\*\*\*/);
  expect(trace).not.toMatch(/response="|nonce="|cnonce="/);
  expect(trace).not.toContain(account.password);
});

it("A recording is drawn, and not linked", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await Baresip.start(await phones.account("e0"), { answers: true });
  await phones.online("e0");
  const id = await phones.place("e0", berlin("001"));
  await phones.state("connected", id);
  await phones.api("PUT", `/calls/${id}/recording`, { value: true, announcement: false });
  await until(
    async () => /<td>e0<\/td><td>RTP<\/td><td>\d{2,}/.test(await page(phones, `/calls/${id}`)),
    () => "packets of e0",
  );
  await phones.api("DELETE", `/calls/${id}`);
  await phone.event("CALL_CLOSED");
  await until(
    async () =>
      /To hear them takes a token.*<svg .*Waveform of \d+ s/s.test(await page(phones, `/calls/${id}`)),
    () => "a recording",
  );
});
