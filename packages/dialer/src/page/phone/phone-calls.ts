// What becomes of calls that ring this browser, and what one can do with them.
import type { WireNumberResult } from "../../wire/wire.js";
import { contactOf } from "../state/account.js";
import { current, isPlacedHere, latest, observe } from "../state/calls.js";
import { post } from "../state/server.js";
import {
  answered,
  answersByItself,
  callers,
  dialling,
  incoming,
  isBrowser,
  isTakingUp,
  phoneStatus,
  waiting,
} from "./browser-phone.js";
import { keptCalls } from "./kept-calls.js";
import { startRinging, stopRinging } from "./ringer.js";
import { mayBeOurs, RINGS_WITHIN_MS } from "./sip-assumptions.js";
import type { SipCall } from "./sip-call.js";
import type { PhoneEvents } from "./sip-phone.js";

/** A third call is declined: it gets the line busy. In doubt a call rings. */
function rings(call: SipCall): void {
  if (incoming.value !== undefined || (answered.value !== undefined && waiting.value !== undefined)) {
    call.refuseAsBusy();
    return;
  }
  incoming.value = call;
  void nameCaller(call);
  if (answered.value === undefined && isAskedFor(call)) {
    call.requestId = current.peek()?.id ?? "";
    observe("caller-ringing");
    if (answersByItself.value) {
      void call.answer();
      return;
    }
  }
  startRinging();
  if ("Notification" in window && Notification.permission === "granted" && document.hidden)
    new Notification(call.from, { tag: "sipgate-dialer" });
}

function hasAnswered(call: SipCall): void {
  if (incoming.value === call) incoming.value = undefined;
  if (dialling.value === call) dialling.value = undefined;
  if (!callers.value.has(call)) void nameCaller(call);
  if (call.kept?.isWaiting === true || (answered.value !== undefined && answered.value !== call))
    waiting.value = answered.value === undefined ? call : answered.value;
  if (waiting.value !== call) answered.value = call;
  stopRinging();
  isTakingUp.value = false;
  if (call.requestId !== "" && call.requestId === current.peek()?.id) observe("caller-answered");
}

/** A second call that this browser dials. */
export function dials(call: SipCall): void {
  dialling.value = call;
  void nameCaller(call);
}

function hasEnded(call: SipCall): void {
  if (incoming.value === call) incoming.value = undefined;
  if (waiting.value === call) waiting.value = undefined;
  if (answered.value === call) answered.value = undefined;
  if (dialling.value === call) dialling.value = undefined;
  callers.value = new Map([...callers.value].filter(([each]) => each !== call));
  if (incoming.value === undefined) stopRinging();
  // One that was cut off is kept, and taken up as soon as the phone is registered again.
  isTakingUp.value = keptCalls().some(({ sipCallId }) => sipCallId === call.kept?.sipCallId);
}

export const phoneEvents: Omit<PhoneEvents, "status"> = {
  rings,
  answered: hasAnswered,
  ended: hasEnded,
  notTakenUp() {
    phoneStatus.value = "no-microphone";
    isTakingUp.value = false;
  },
  noMicrophone(call) {
    phoneStatus.value = "no-microphone";
    call.end();
  },
};

/** Who calls, as people write it. */
async function nameCaller(call: SipCall): Promise<void> {
  const read = await post<WireNumberResult>("/api/number", { text: call.from }).catch(() => undefined);
  const name = read?.ok === true ? (contactOf(read.number)?.name ?? read.formatted) : call.from;
  callers.value = new Map(callers.value).set(call, name);
}

/** Whether it's for the call that this page has just asked for. A microphone opens for nobody else by itself. */
function isAskedFor(call: SipCall): boolean {
  const asked = current.peek();
  if (asked === undefined || !isPlacedHere(asked) || !isBrowser(asked.caller)) return false;
  const clickedAt = Date.parse(asked.changes[0]?.at ?? "");
  const isPending = ["placing", "accepted", "caller-ringing"].includes(latest(asked).state);
  const numbers = [asked.callee, ...(asked.callerId === undefined ? [] : [asked.callerId])];
  return isPending && Date.now() - clickedAt < RINGS_WITHIN_MS && mayBeOurs(call.from, numbers);
}

/** Answers the call that rings. One that runs is kept waiting meanwhile. */
export function answerIncoming(): void {
  answered.value?.wait(true);
  void incoming.value?.answer();
}

export const declineIncoming = (): void => incoming.value?.end();

/** Talks with the one that waits, and keeps the other waiting. */
export function swapCalls(): void {
  const [talking, other] = [answered.value, waiting.value];
  talking?.wait(true);
  other?.wait(false);
  answered.value = other;
  waiting.value = talking;
}

/** The other parties of both calls talk to each other. @returns whether that came about */
export async function connectBoth(): Promise<boolean> {
  const [talking, other] = [answered.value, waiting.value];
  return talking !== undefined && other !== undefined && (await talking.transfer(other));
}

export function endPhoneCall(): void {
  (answered.value ?? incoming.value ?? waiting.value)?.end();
}
