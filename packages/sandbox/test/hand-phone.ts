// A phone for the port of phones, and calls with it.
import type { Clock } from "../src/clock.js";
import type { Audio, Media } from "../src/phones/media.js";
import type { IncomingCall, Phone, PhoneCall, PhoneEvent, TransferProgress } from "../src/phones/phone.js";
import type { CallRequest } from "../src/switch/call.js";
import type { CallEnd } from "../src/switch/end.js";
import { Switch } from "../src/switch/switch.js";
import { berlin } from "./support.js";

/** Whose audio it is. */
const idOf = new WeakMap<Audio, string>();

/** A phone that does what the test says, and notes what the switch does with it. */
export class HandPhone implements Phone {
  readonly id: string;
  readonly isRegistered = false;
  readonly told: string[] = [];
  readonly #audio: Audio = { source: "voice" };
  /** The call that rang it last. */
  call: PhoneCall | undefined;
  incoming: IncomingCall | undefined;
  #report: ((event: PhoneEvent) => void) | undefined;

  constructor(id: string) {
    this.id = id;
    idOf.set(this.#audio, id);
  }

  ring(call: IncomingCall, report: (event: PhoneEvent) => void): PhoneCall {
    this.incoming = call;
    this.#report = report;
    this.told.push("ring");
    const note = (what: string) => () => void this.told.push(what);
    this.call = {
      audio: this.#audio,
      cancel: (reason) => void this.told.push(reason === "ended" ? "cancel" : "cancel: answered elsewhere"),
      ringback: note("ringback"),
      movedTo: () => {},
      mute: (on) => void this.told.push(`mute ${on}`),
      connected: note("connected"),
      hangUp: note("hangUp"),
      hold: (on) => void this.told.push(`hold ${on}`),
      dtmf: (tones) => void this.told.push(`dtmf ${tones}`),
    };
    return this.call;
  }

  reports(kind: Exclude<PhoneEvent["kind"], "declined" | "pressed" | "transfers">): void {
    this.#send({ kind });
  }

  presses(tones: string): void {
    this.#send({ kind: "pressed", tones });
  }

  declines(end: Pick<CallEnd, "cause"> & Partial<CallEnd>): void {
    this.#send({ kind: "declined", end });
  }

  /** Transfers the other party. @returns what becomes of it */
  transfers(to: string | PhoneCall): TransferProgress[] {
    const progress: TransferProgress[] = [];
    this.#send({ kind: "transfers", to, progress: (each) => void progress.push(each) });
    return progress;
  }

  #send(event: PhoneEvent): void {
    if (this.#report === undefined) throw new Error(`${this.id} was never rung`);
    this.#report(event);
  }
}

export const CALLEE = berlin("001");

/** Who hears whom: `talking` has the pairs that do. */
export function notingMedia(): Media & { readonly talking: Set<string> } {
  const talking = new Set<string>();
  return {
    talking,
    join(caller, callee) {
      const pair = `${idOf.get(caller)} ${idOf.get(callee)}`;
      talking.add(pair);
      return { play() {}, startRecording() {}, stopRecording() {}, end: () => void talking.delete(pair) };
    },
  };
}

/** @param callees the phones that are rung by what is dialled */
export function switchWith(
  clock: Clock,
  callees: Readonly<Record<string, Phone>> = {},
  media = notingMedia(),
): Switch {
  return new Switch({
    clock,
    keep: 10,
    media,
    observe() {},
    calleeOf(_account, dialled) {
      const phone = callees[dialled];
      return phone && { callee: dialled, calleePhones: [phone] };
    },
  });
}

export function request(callerPhones: readonly Phone[], calleePhones: readonly Phone[]): CallRequest {
  return {
    platform: "classic",
    account: "classic",
    masterSipId: "1000000",
    userId: "w0",
    caller: "p0",
    callerNumber: berlin("900"),
    callerPhones,
    callee: CALLEE,
    calleePhones,
    callerIdShown: berlin("999"),
    deviceId: undefined,
    channelId: undefined,
  };
}
