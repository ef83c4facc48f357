// Watches the sound of the call on this browser, and what is plugged in. Loaded only if this browser is a phone.
import { effect } from "@preact/signals";
import { CallFaults } from "../audio/call-faults.js";
import { pluggings } from "../audio/devices.js";
import { CallMeasure } from "../audio/measure-call.js";
import { microphone, openMicrophone } from "../audio/microphone.js";
import { speakers } from "../audio/speaker.js";
import { current } from "../state/calls.js";
import { answered } from "./browser-phone.js";
import { callFaults, measured } from "./heard.js";
import type { SipCall } from "./sip-call.js";

const EVERY_MS = 500;
let isWatching = false;

/** Once is enough. */
export function watchSound(): void {
  if (isWatching) return;
  isWatching = true;
  effect(() => {
    const call = answered.value;
    if (call?.connection === undefined) return;
    return watchCall(call, call.connection);
  });
  effect(() => {
    // Read here, so this runs again when they change.
    const [chosen, times] = [microphone.value, pluggings.value];
    if (chosen !== before.microphone || times !== before.pluggings) void followMicrophone(answered.peek());
    before = { microphone: chosen, pluggings: times };
  });
  effect(() => {
    const { speaker } = speakers;
    if (speaker.value !== undefined && pluggings.value >= 0) answered.peek()?.useSpeaker();
  });
}

let before = { microphone: microphone.peek(), pluggings: pluggings.peek() };

function watchCall(call: SipCall, connection: RTCPeerConnection): () => void {
  const measure = new CallMeasure(connection, performance.now());
  const faults = new CallFaults();
  const timer = setInterval(async () => {
    const now = performance.now();
    const result = await measure.measure(isMuted(call), call.microphone.stream, now).catch(() => undefined);
    if (result === undefined || answered.peek() !== call) return;
    measured.value = result;
    const found = faults.take(result, now);
    if (found.join() !== callFaults.peek().join()) callFaults.value = found;
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    measure.close();
    measured.value = undefined;
    callFaults.value = [];
  };
}

/** By this phone, or by sipgate. */
const isMuted = (call: SipCall): boolean =>
  call.microphone.isMuted.peek() || (call.requestId !== "" && current.peek()?.muted === true);

/** The chosen one, or if that is unplugged, the system's. */
async function followMicrophone(call: SipCall | undefined): Promise<void> {
  if (call === undefined) return;
  const opened = await openMicrophone().catch(() => undefined);
  if (opened !== undefined) await call.microphone.change(opened);
}
