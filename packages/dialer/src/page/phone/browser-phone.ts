// This browser as a phone: what it is, and the calls that ring it or run on it.
import { computed, signal } from "@preact/signals";
import { current } from "../state/calls.js";
import { readSetting, writeSetting } from "../state/settings.js";
import { words } from "../words/words.js";
import { keptCalls } from "./kept-calls.js";
import type { SipCall } from "./sip-call.js";
import type { PhoneStatus } from "./sip-phone.js";

/** A page that is the other party's phone, in the sandbox, is that phone and nothing else. */
export const calleeDevice = new URLSearchParams(location.search).get("callee") ?? "";
/** The device that this browser is; empty: none. */
export const browserDevice = signal(calleeDevice || (readSetting("browser-device") ?? ""));
export const phoneStatus = signal<PhoneStatus | "off" | "elsewhere" | "no-account" | "no-microphone">("off");
/** The call that rings this browser. */
export const incoming = signal<SipCall | undefined>(undefined);
/** The call that talks on this browser. */
export const answered = signal<SipCall | undefined>(undefined);
/** A call that this browser has answered before, and keeps waiting. */
export const waiting = signal<SipCall | undefined>(undefined);
/** A call that this browser has dialled while another one runs, not answered yet. */
export const dialling = signal<SipCall | undefined>(undefined);
/** The call that talks here and isn't the order's that the page shows. */
export const ownCall = computed(() =>
  answered.value?.requestId === current.value?.id ? undefined : answered.value,
);
/** Whose calls they are, as names. */
export const callers = signal<ReadonlyMap<SipCall, string>>(new Map());
/** Whether a call is about to be taken up again, such as after a reload. */
export const isTakingUp = signal(false);
/** Whether microphone and loudspeaker were checked in this browser. */
export const wasChecked = signal(readSetting("checked") !== undefined);
export const answersByItself = signal(readSetting("answers") !== "off");

export const isBrowser = (deviceId: string): boolean => deviceId !== "" && deviceId === browserDevice.value;
/** Its state in a word. */
export const phoneState = (): string => words.value.phone[phoneStatus.value];
export const callerName = (call: SipCall | undefined): string =>
  call === undefined ? "" : (callers.value.get(call) ?? call.from);

/** Whether a call runs on this browser that it can't reach at the moment. */
export const isCutOff = computed(
  () =>
    isTakingUp.value ||
    (answered.value !== undefined && (phoneStatus.value === "lost" || phoneStatus.value === "connecting")),
);

export function chooseBrowserDevice(id: string): void {
  browserDevice.value = id;
  writeSetting("browser-device", id);
}

export function noteCheck(): void {
  wasChecked.value = true;
  writeSetting("checked", "yes");
}

export function chooseWhetherItAnswers(answers: boolean): void {
  answersByItself.value = answers;
  writeSetting("answers", answers ? "" : "off");
}

export const hasKeptCall = (device: string): boolean => keptCalls().some((call) => call.device === device);
