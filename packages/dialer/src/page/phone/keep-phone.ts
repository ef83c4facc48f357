// Registers whenever there is a device to be, in one tab of this browser at a time.
import { computed, effect } from "@preact/signals";
import type { WireSipAccount } from "../../wire/wire.js";
import { account } from "../state/account.js";
import { post } from "../state/server.js";
import {
  answered,
  browserDevice,
  calleeDevice,
  dialling,
  hasKeptCall,
  incoming,
  isTakingUp,
  phoneStatus,
  waiting,
} from "./browser-phone.js";
import { dials, phoneEvents } from "./phone-calls.js";
import { stopRinging } from "./ringer.js";
import type { Phone } from "./sip-phone.js";
import { onWaking } from "./waking.js";

let phone: Phone | undefined;
let release = (): void => {};

export function keepPhone(): void {
  const wanted = computed(() => {
    if (account.value === undefined) return "";
    // With an account, a link of another page must not make this browser a phone.
    return calleeDevice === "" || account.value.sandbox ? browserDevice.value : "";
  });
  effect(() => {
    const id = wanted.value;
    stop("hang-up");
    if (id !== "") void takePhone(id, false);
  });
  onWaking(() => phone?.reconnect());
  // A page that is put aside may come back, or another tab goes on: calls aren't hung up.
  addEventListener("pagehide", () => stop("leave"));
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && wanted.peek() !== "") void takePhone(wanted.peek(), false);
  });
}

/** Takes the phone from the tab that has it, and its call with it. */
export const bringHere = (): void => void takePhone(browserDevice.value, true);

/** Talks to somebody else first: who was talked with waits. */
export async function dialSecond(number: string): Promise<void> {
  answered.peek()?.wait(true);
  const call = await phone?.dial(number);
  if (call === undefined) answered.peek()?.wait(false);
  else dials(call);
}

async function takePhone(id: string, fromOthers: boolean): Promise<void> {
  const name = `sipgate-dialer-phone-${id}`;
  const options: LockOptions = fromOthers ? { steal: true } : {};
  phoneStatus.value = "connecting";
  const { held = [] } = await navigator.locks.query();
  // Its call goes on there.
  if (!fromOthers && held.some((lock) => lock.name === name)) phoneStatus.value = "elsewhere";
  else isTakingUp.value = hasKeptCall(id);
  // Waits until the tab that has it is closed, and then goes on.
  await navigator.locks
    .request(name, options, async () => {
      if (browserDevice.peek() !== id) return;
      await register(id);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    })
    .catch((error: unknown) => {
      stop("leave");
      // Another tab has fetched it. This one waits for it again.
      if (error instanceof DOMException && error.name === "AbortError") void takePhone(id, false);
    });
}

async function register(id: string): Promise<void> {
  isTakingUp.value = hasKeptCall(id);
  const [sip, { Phone }, { watchSound }] = await Promise.all([
    post<WireSipAccount | null>("/api/phone", { device: id }).catch(() => null),
    import("./sip-phone.js"),
    import("./call-sound.js"),
  ]);
  if (sip === null) {
    phoneStatus.value = "no-account";
    isTakingUp.value = false;
    return;
  }
  watchSound();
  phone = new Phone(id, sip, {
    ...phoneEvents,
    status(status) {
      phoneStatus.value = status;
    },
  });
}

function stop(how: "hang-up" | "leave"): void {
  if (how === "leave") phone?.leave();
  else phone?.stop();
  phone = undefined;
  for (const call of [incoming, answered, waiting, dialling]) call.value = undefined;
  isTakingUp.value = false;
  stopRinging();
  release();
  release = () => {};
  phoneStatus.value = "off";
}
