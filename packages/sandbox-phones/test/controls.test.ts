// What the API does to a call with real phones, and what people do at them: hold, mute, tones, announcement, recording.
import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { Baresip } from "./baresip.js";
import { heard, hears } from "./hearing.js";
import { berlin, PhoneSandbox } from "./support.js";
import { millisecondsOf, writeTone } from "./tones.js";
import { until } from "./until.js";

const CALLEE = berlin("010");

interface Talking {
  readonly phones: PhoneSandbox;
  readonly id: string;
  readonly caller: Baresip;
  readonly callee: Baresip;
}

/** Two SIP phones in a call: the caller says 440 Hz, the callee 800 Hz. */
async function talking(): Promise<Talking> {
  const phones = await PhoneSandbox.start({ callees: { [CALLEE]: "e7" } });
  const [caller, callee] = await Promise.all([
    Baresip.start(await phones.account("e0"), { frequency: 440, answers: true }),
    Baresip.start(await phones.account("e7"), { frequency: 800, answers: true }),
  ]);
  await Promise.all([phones.online("e0"), phones.online("e7")]);
  const id = await phones.place("e0", CALLEE);
  await phones.state("connected", id);
  await hears(caller, 800);
  await hears(callee, 440);
  return { phones, id, caller, callee };
}

it("On hold both hear the tone for waiting, and not each other; then they hear each other again", async () => {
  const { phones, id, caller, callee } = await talking();
  await phones.api("PUT", `/calls/${id}/hold`, { value: true });
  await Promise.all([hears(caller, 523), hears(callee, 523)]);
  const before = [heard(caller, 800), heard(callee, 440)];
  await Promise.all([hears(caller, 659), hears(callee, 659)]);
  expect([heard(caller, 800), heard(callee, 440)]).toEqual(before);
  await phones.api("PUT", `/calls/${id}/hold`, { value: false });
  await Promise.all([hears(caller, 800), hears(callee, 440)]);
});

it("A phone that puts the call on hold lets the other one hear the tone for waiting", async () => {
  const { caller, callee } = await talking();
  caller.command("hold");
  await hears(callee, 523);
  caller.command("resume");
  await hears(callee, 440);
});

it("A muted caller isn't heard, and hears", async () => {
  const { phones, id, caller, callee } = await talking();
  await phones.api("PUT", `/calls/${id}/muted`, { value: true });
  await hears(caller, 800);
  const before = heard(callee, 440);
  await hears(caller, 800, 400);
  expect(heard(callee, 440) - before).toBeLessThan(100);
  await phones.api("PUT", `/calls/${id}/muted`, { value: false });
  await hears(callee, 440);
});

it("Tones of the API arrive at the callee, and tones of a phone at the other one and in the sandbox", async () => {
  const { phones, id, caller, callee } = await talking();
  await phones.api("POST", `/calls/${id}/dtmf`, { sequence: "12#" });
  await callee.event("CALL_DTMF_START", 3);
  const keys = callee.events.filter(({ type }) => type === "CALL_DTMF_START").map(({ param }) => param);
  expect(keys).toEqual(["1", "2", "#"]);

  caller.command("sndcode", "7");
  await callee.event("CALL_DTMF_START", 4);
  await until(
    () => phones.call(id).legs[0]?.pressed.join("") === "7",
    () => "7 in the sandbox",
  );
  await hears(callee, 440);
});

it("An announcement of this machine is heard by both, one from elsewhere isn't fetched", async () => {
  const { phones, id, caller, callee } = await talking();
  const wav = writeTone(1_500, 1_000);
  const server = createServer((_request, response) => response.end(wav));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hello.wav`;
  await phones.api("POST", `/calls/${id}/announcements`, { url });
  await Promise.all([hears(caller, 1_500), hears(callee, 1_500)]);
  await Promise.all([hears(caller, 800), hears(callee, 440)]);
  await phones.api("POST", `/calls/${id}/announcements`, { url: "https://example.org/hello.wav" });
  await Promise.all([hears(caller, 659), hears(callee, 659)]);
});

it("A recording has both voices, one on each side, and only its user gets it", async () => {
  const { phones, id, caller } = await talking();
  await phones.api("PUT", `/calls/${id}/recording`, { value: true, announcement: true });
  await until(
    () => heard(caller, 1_400) > 100,
    () => "the beep",
  );
  await hears(caller, 800);
  await hears(caller, 800);
  await phones.api("PUT", `/calls/${id}/recording`, { value: false, announcement: false });
  await phones.api("DELETE", `/calls/${id}`);
  const entries = async () => {
    const json = await (await phones.api("GET", "/history")).json();
    return (json as { items: { recordings: { url: string }[] }[] }).items;
  };
  await until(
    async () => (await entries()).length === 1,
    () => "an entry of the history",
  );
  const url = (await entries())[0]?.recordings[0]?.url ?? "";
  expect((await fetch(url)).status).toBe(401);
  const other = phones.sandbox.accounts.find(({ name }) => name === "classic-second-user");
  const authorization = `Basic ${Buffer.from(`${other?.tokenId}:${other?.token}`).toString("base64")}`;
  expect((await fetch(url, { headers: { authorization } })).status).toBe(404);
  const path = url.slice(url.indexOf("/v2") + "/v2".length);
  const response = await phones.api("GET", path);
  expect(response.headers.get("content-type")).toBe("audio/wav");
  const wav = new Uint8Array(await response.arrayBuffer());
  expect(millisecondsOf(440, wav, 0)).toBeGreaterThan(300);
  expect(millisecondsOf(800, wav, 1)).toBeGreaterThan(300);
  expect(millisecondsOf(800, wav, 0)).toBe(0);
});
