// Places calls between two phones, in a process of its own: node load.mjs BASE_URL SIP_SERVER
import { setTimeout as pause } from "node:timers/promises";
import { demand } from "../measure.mjs";
import { serve } from "../processes.mjs";
import { createApi, sipAccount } from "./api.mjs";
import { Phone, straightStream } from "./phone.mjs";

const [baseUrl, sipServer] = process.argv.slice(2);
const { api, place } = createApi(baseUrl);
const now = () => performance.timeOrigin + performance.now();

async function until(condition) {
  const end = now() + 60_000;
  while (!condition()) {
    demand(now() < end, "phones haven't rung or heard anything for a minute");
    await pause(1);
  }
}

/** Two phones that send audio: the caller's and the callee's. */
function register() {
  return Promise.all(
    ["e0", "e7"].map((device) => Phone.register(sipAccount(sipServer, device), { audio: true })),
  );
}

/** Calls one after the other: how soon it rings, and how soon both hear each other. */
async function latency({ calls }) {
  const phones = await register();
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

/** How many streams go straight from this process to itself, beside the calls. */
const STRAIGHT = 5;
let audioPhones = [];
let straight = [];

/** Starts calls with audio, which go on. */
async function talk({ calls }) {
  audioPhones = await register();
  straight = await Promise.all(Array.from({ length: STRAIGHT }, straightStream));
  for (let count = 0; count < calls; count += 1) await place();
  await until(() => audioPhones.every((phone) => phone.calls.size === calls));
  await until(() => streams().every(({ received }) => received > 0));
  return {};
}

const streams = () => audioPhones.flatMap((phone) => [...phone.calls.values()]);

/** How the audio of these calls has arrived since this was asked last, and the audio that went straight. */
function audio() {
  const delays = streams().flatMap((call) => call.delays.splice(0));
  return { ...percentiles(delays), straight: percentiles(straight.flatMap((each) => each.delays.splice(0))) };
}

/** Ends these calls. @returns how many packets were lost on their way through the sandbox */
async function silence() {
  const { data } = await api("GET", "/calls");
  for (const call of streams()) clearTimeout(call.timer);
  await pause(500); // What is on its way arrives.
  // Each stream numbers its packets, so what is missing between the first and the last was lost.
  const lost = streams().reduce((sum, { first, last, received }) => sum + last - first + 1 - received, 0);
  for (const { callId } of data) await api("DELETE", `/calls/${callId}`);
  for (const phone of [...audioPhones, ...straight]) phone.close();
  return { lost };
}

function percentiles(delays) {
  const sorted = delays.sort((a, b) => a - b);
  return {
    packets: sorted.length,
    p50: sorted[sorted.length >> 1],
    p99: sorted[Math.floor(sorted.length * 0.99)],
  };
}

let silentPhone;

/** A phone that answers each call of sipp's. */
async function answer() {
  silentPhone = await Phone.register(sipAccount(sipServer, "e3"));
  return {};
}

function forget() {
  silentPhone.calls.clear();
  return {};
}

serve({}, { latency, talk, audio, silence, answer, forget });
