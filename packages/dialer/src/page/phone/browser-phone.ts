// This browser as a phone: one tab of it at a time, and what becomes of calls that ring it.
import { computed, effect, signal } from "@preact/signals";
import type { WireNumberResult, WireSipAccount } from "../../wire/wire.js";
import { account, contactOf } from "../state/account.js";
import { current, isPlacedHere, latest, observe } from "../state/calls.js";
import { post } from "../state/server.js";
import { readSetting, writeSetting } from "../state/settings.js";
import { words } from "../words/words.js";
import { startRinging, stopRinging } from "./ringer.js";
import { mayBeOurs, RINGS_WITHIN_MS } from "./sip-assumptions.js";
import type { Phone, PhoneCall, PhoneStatus } from "./sip-phone.js";

/** A page that is the other party's phone, in the sandbox, is that phone and nothing else. */
export const calleeDevice = new URLSearchParams(location.search).get("callee") ?? "";
/** The device that this browser is; empty: none. */
export const browserDevice = signal(calleeDevice || (readSetting("browser-device") ?? ""));
export const phoneStatus = signal<PhoneStatus | "off" | "elsewhere" | "no-account" | "no-microphone">("off");
/** The call that rings this browser. */
export const incoming = signal<PhoneCall | undefined>(undefined);
/** Who it's from, as a name. */
export const caller = signal<{ readonly of: PhoneCall; readonly name: string } | undefined>(undefined);
/** The call that this browser has answered. */
export const answered = signal<PhoneCall | undefined>(undefined);
export const answersByItself = signal(readSetting("answers") !== "off");
export const microphone = signal(readSetting("microphone") ?? "");

export const isBrowser = (deviceId: string): boolean => deviceId !== "" && deviceId === browserDevice.value;
/** Its state in a word. */
export const phoneState = (): string => words.value.phone[phoneStatus.value];

export function chooseBrowserDevice(id: string): void {
  browserDevice.value = id;
  writeSetting("browser-device", id);
}

export function chooseWhetherItAnswers(answers: boolean): void {
  answersByItself.value = answers;
  writeSetting("answers", answers ? "" : "off");
}

export function chooseMicrophone(id: string): void {
  microphone.value = id;
  writeSetting("microphone", id);
}

let phone: Phone | undefined;
let release = (): void => {};

/** Registers whenever there is a device to be, and nobody else of this browser is it. */
export function keepPhone(): void {
  const wanted = computed(() => {
    if (account.value === undefined) return "";
    // With an account, a link of another page must not make this browser a phone.
    return calleeDevice === "" || account.value.sandbox ? browserDevice.value : "";
  });
  effect(() => {
    const id = wanted.value;
    stop();
    if (id !== "") void takePhone(id, false);
  });
}

/** Takes the phone from the tab that has it. */
export const bringHere = (): void => void takePhone(browserDevice.value, true);

async function takePhone(id: string, fromOthers: boolean): Promise<void> {
  const name = `sipgate-dialer-phone-${id}`;
  const options: LockOptions = fromOthers ? { steal: true } : {};
  phoneStatus.value = "connecting";
  const { held = [] } = await navigator.locks.query();
  if (!fromOthers && held.some((lock) => lock.name === name)) phoneStatus.value = "elsewhere";
  // Waits until the tab that has it is closed, and then goes on.
  await navigator.locks
    .request(name, options, async () => {
      if (browserDevice.peek() !== id) return;
      await register(id);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    })
    .catch(() => {
      stop();
      phoneStatus.value = "elsewhere";
    });
}

async function register(id: string): Promise<void> {
  const sip = await post<WireSipAccount | null>("/api/phone", { device: id }).catch(() => null);
  if (sip === null) {
    phoneStatus.value = "no-account";
    return;
  }
  const { startPhone } = await import("./sip-phone.js");
  phone = startPhone(sip, {
    status: (status) => {
      phoneStatus.value = status;
    },
    rings,
    answered: (call) => {
      incoming.value = undefined;
      answered.value = call;
      stopRinging();
      observe("caller-answered");
    },
    ended: (call) => {
      if (incoming.value === call) incoming.value = undefined;
      if (answered.value === call) answered.value = undefined;
      stopRinging();
    },
    noMicrophone: (call) => {
      phoneStatus.value = "no-microphone";
      call.end();
    },
  });
}

function stop(): void {
  phone?.stop();
  phone = undefined;
  release();
  release = () => {};
  phoneStatus.value = "off";
}

/** A second call while one runs or rings is declined: it gets the line busy. In doubt a call rings. */
function rings(call: PhoneCall): void {
  if (incoming.value !== undefined || answered.value !== undefined) {
    call.refuseAsBusy();
    return;
  }
  incoming.value = call;
  caller.value = { of: call, name: call.from };
  void nameCaller(call);
  if (isAskedFor(call)) {
    observe("caller-ringing");
    if (answersByItself.value) {
      call.answer(microphone.value);
      return;
    }
  }
  startRinging();
  if ("Notification" in window && Notification.permission === "granted" && document.hidden)
    new Notification(call.from, { tag: "sipgate-dialer" });
}

/** Who calls, as people write it. */
async function nameCaller(call: PhoneCall): Promise<void> {
  const read = await post<WireNumberResult>("/api/number", { text: call.from }).catch(() => undefined);
  if (read?.ok === true) caller.value = { of: call, name: contactOf(read.number)?.name ?? read.formatted };
}

/** Whether it's for the call that this page has just asked for. A microphone opens for nobody else by itself. */
function isAskedFor(call: PhoneCall): boolean {
  const asked = current.peek();
  if (asked === undefined || !isPlacedHere(asked) || !isBrowser(asked.caller)) return false;
  const clickedAt = Date.parse(asked.changes[0]?.at ?? "");
  const isPending = ["placing", "accepted", "caller-ringing"].includes(latest(asked).state);
  const numbers = [asked.callee, ...(asked.callerId === undefined ? [] : [asked.callerId])];
  return isPending && Date.now() - clickedAt < RINGS_WITHIN_MS && mayBeOurs(call.from, numbers);
}

export function answerIncoming(): void {
  incoming.value?.answer(microphone.value);
}

export function endPhoneCall(): void {
  (answered.value ?? incoming.value)?.end();
}
