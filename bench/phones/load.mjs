// Places calls between two phones, in a process of its own: node load.mjs BASE_URL SIP_SERVER
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { demand } from "../measure.mjs";
import { ACCOUNT, serve } from "../processes.mjs";
import { Phone } from "./phone.mjs";

const [baseUrl, sipServer] = process.argv.slice(2);
const account = (device) => ({
  sipServer,
  username: `1000000${device}`,
  password: `sip-secret-1000000-${device}`,
});
const authorization = `Basic ${btoa(`${ACCOUNT.SIPGATE_TOKEN_ID}:${ACCOUNT.SIPGATE_TOKEN}`)}`;
const now = () => performance.timeOrigin + performance.now();

/** On a connection of its own: a kept one may be closed just when it's used. */
function api(method, path, body) {
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers = { authorization, "content-type": "application/json", "content-length": text.length };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${baseUrl}${path}`, { method, agent: false, headers }, async (response) => {
      let answer = "";
      for await (const part of response.setEncoding("utf8")) answer += part;
      demand(response.statusCode < 300, `${response.statusCode}`);
      resolve(answer === "" ? {} : JSON.parse(answer));
    });
    outgoing.on("error", reject).end(text);
  });
}

const place = () => api("POST", "/sessions/calls", { caller: "e0", callee: "+493023125010" });

async function until(condition) {
  while (!condition()) await pause(1);
}

/** Calls one after the other: how soon it rings, and how soon both hear each other. */
async function latency({ calls }) {
  const phones = await Promise.all(
    ["e0", "e7"].map((device) => Phone.register(account(device), { audio: true })),
  );
  const [rings, audio] = [[], []];
  for (let count = 0; count < calls; count += 1) {
    const { sessionId } = await place();
    const acceptedAt = now();
    await until(() => phones.every(({ calls }) => [...calls.values()].at(-1)?.heardAt !== undefined));
    const [caller, callee] = phones.map(({ calls }) => [...calls.values()].at(-1));
    rings.push(Math.max(0, caller.invitedAt - acceptedAt));
    audio.push(Math.max(caller.heardAt, callee.heardAt) - callee.answeredAt);
    await api("DELETE", `/calls/${sessionId}`);
    await until(() => phones.every(({ calls }) => [...calls.values()].at(-1)?.isOver));
    for (const phone of phones) phone.calls.clear();
  }
  for (const phone of phones) phone.close();
  return { rings, audio };
}

let audioPhones = [];

/** Starts calls with audio, which go on. */
async function talk({ calls }) {
  audioPhones = await Promise.all(
    ["e0", "e7"].map((device) => Phone.register(account(device), { audio: true })),
  );
  for (let count = 0; count < calls; count += 1) await place();
  await until(() => audioPhones.every((phone) => phone.calls.size === calls));
  return {};
}

/** How the audio of these calls has arrived since this was asked last. They end if `end` is set. */
async function audio({ end }) {
  const calls = audioPhones.flatMap((phone) => [...phone.calls.values()]);
  const delays = calls.flatMap((call) => call.delays.splice(0)).sort((a, b) => a - b);
  const [callers, callees] = audioPhones.map((phone) => [...phone.calls.values()]);
  if (end) {
    const { data } = await api("GET", "/calls");
    for (const call of [...callers, ...callees]) clearTimeout(call.timer);
    await pause(200);
    const total = (list, name) => list.reduce((sum, call) => sum + call[name], 0);
    // What was said before the other side had answered is heard by nobody.
    const heard = total(callees, "received") + total(callers, "received");
    const said = calls.reduce((sum, call) => sum + call.sent, 0);
    for (const { callId } of data) await api("DELETE", `/calls/${callId}`);
    for (const phone of audioPhones) phone.close();
    return {
      heard,
      said,
      packets: delays.length,
      p50: delays[delays.length >> 1],
      p99: delays[Math.floor(delays.length * 0.99)],
    };
  }
  return {
    packets: delays.length,
    p50: delays[delays.length >> 1],
    p99: delays[Math.floor(delays.length * 0.99)],
  };
}

let silentPhone;

/** A phone that answers each call of sipp's. */
async function answer() {
  silentPhone = await Phone.register(account("e3"));
  return {};
}

function forget() {
  silentPhone.calls.clear();
  return {};
}

serve({}, { latency, talk, audio, answer, forget });
