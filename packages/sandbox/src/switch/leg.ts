import type { Clock } from "../clock.js";
import type { Audio } from "../phones/media.js";
import type { IncomingCall, Phone, PhoneCall, PhoneEvent, Report } from "../phones/phone.js";
import type { CallEnd } from "./end.js";
import { note } from "./note.js";

/** Where one side of a call stands. */
export type LegState = "waiting" | "calling" | "ringing" | "answered" | "released";

/**
 * One side of a call. It rings all its phones at once; the first that answers wins, and the others are cancelled.
 * Times are in milliseconds since 1970, `undefined` until they come.
 */
export class Leg {
  readonly party: "caller" | "callee";
  /** The number of this side, in E.164 with plus. */
  readonly number: string;
  readonly phones: readonly Phone[];
  readonly #clock: Clock;
  /** The phones that are being rung: they have neither answered nor declined. Ended calls, which are many, have none. */
  #ringing: Map<Phone, PhoneCall> | undefined;
  /** The call at the phone that has answered, for as long as that phone is in it. */
  #answered: PhoneCall | undefined;
  #state: LegState = "waiting";
  #answeredBy: Phone | undefined;
  #ringingAt: number | undefined;
  #answeredAt: number | undefined;
  #releasedAt: number | undefined;
  /** What was pressed at the phone that has answered. */
  readonly pressed: string[] = [];
  /** Gets the events that concern the whole leg. */
  #report: Report = () => {};
  /** Gets what the phone reports once it was handed over. */
  #successor: Report | undefined;

  constructor(party: "caller" | "callee", number: string, phones: readonly Phone[], clock: Clock) {
    this.party = party;
    this.number = number;
    this.phones = phones;
    this.#clock = clock;
  }

  get state(): LegState {
    return this.#state;
  }

  get answeredBy(): Phone | undefined {
    return this.#answeredBy;
  }

  get ringingAt(): number | undefined {
    return this.#ringingAt;
  }

  get answeredAt(): number | undefined {
    return this.#answeredAt;
  }

  get releasedAt(): number | undefined {
    return this.#releasedAt;
  }

  /** Whether somebody has registered one of its phones. */
  get isRegistered(): boolean {
    return this.phones.some((phone) => phone.isRegistered);
  }

  /** Whether this call at a phone is the one that has answered. */
  has(phoneCall: PhoneCall): boolean {
    return this.#answered === phoneCall;
  }

  /** What is heard and said on this side; `undefined` unless a phone has answered. */
  get audio(): Audio | undefined {
    return this.#answered?.audio;
  }

  /**
   * Rings the phones. `report` gets the events that concern the whole leg: the first `ringing`, the first `answered`,
   * the last `declined` or `gone` of phones that ring, and `hungUp` or `gone` of the phone that has answered.
   */
  ring(call: IncomingCall, report: Report): void {
    this.#state = "calling";
    this.#report = report;
    const ringing = new Map<Phone, PhoneCall>();
    this.#ringing = ringing;
    for (const phone of this.phones) {
      ringing.set(
        phone,
        phone.ring(call, (event) => this.#take(phone, event)),
      );
    }
  }

  /**
   * Takes a phone that is in a call already: it has begun one, or is transferred, or comes back from a transfer.
   * @returns where the phone reports what happens
   */
  adopt(phone: Phone, phoneCall: PhoneCall, report: Report): Report {
    this.#report = report;
    this.#successor = undefined;
    this.#answer(phone, phoneCall);
    return (event) => this.#take(phone, event);
  }

  /** Gives the phone that has answered to the leg of another call, which gets its events from now on. */
  handOver(other: Leg, callId: string, report: Report): void {
    if (this.#answered === undefined || this.#answeredBy === undefined) return;
    this.#answered.movedTo(callId);
    this.#successor = other.adopt(this.#answeredBy, this.#answered, report);
    this.#answered = undefined;
  }

  ringback(): void {
    this.#answered?.ringback();
  }

  connected(): void {
    this.#answered?.connected();
  }

  hold(on: boolean): void {
    this.#answered?.hold(on);
  }

  mute(on: boolean): void {
    this.#answered?.mute(on);
  }

  dtmf(tones: string): void {
    this.#answered?.dtmf(tones);
  }

  /** Cancels the phones that ring, and hangs up the one that has answered. */
  release(end: CallEnd): void {
    this.#cancelRinging("ended");
    this.#answered?.hangUp(end);
    this.#answered = undefined;
    if (this.#state !== "waiting") this.#releasedAt = this.#clock.now;
    this.#state = "released";
  }

  #take(phone: Phone, event: PhoneEvent): void {
    if (this.#successor !== undefined && phone === this.#answeredBy) this.#successor(event);
    else if (this.#counts(phone, event)) this.#report(event);
  }

  /** Notes what a phone reports. Returns whether it concerns the whole leg; what is out of turn never does. */
  #counts(phone: Phone, event: PhoneEvent): boolean {
    const phoneCall = this.#ringing?.get(phone);
    if (phoneCall === undefined) return this.#answeredBy === phone && this.#countsAfterAnswer(event);
    switch (event.kind) {
      case "ringing":
        return this.#startRinging();
      case "answered":
        this.#answer(phone, phoneCall);
        return true;
      case "declined":
      case "gone":
        this.#ringing?.delete(phone);
        return this.#ringing?.size === 0;
      case "hungUp":
      case "pressed":
      case "transfers":
        return false;
    }
  }

  #countsAfterAnswer(event: PhoneEvent): boolean {
    if (this.#answered === undefined) return false;
    if (event.kind === "pressed") note(this.pressed, event.tones);
    // It has left the call, and must not be hung up any more.
    else if (event.kind === "hungUp" || event.kind === "gone") this.#answered = undefined;
    else return event.kind === "transfers";
    return true;
  }

  #startRinging(): boolean {
    if (this.#state !== "calling") return false;
    this.#state = "ringing";
    this.#ringingAt = this.#clock.now;
    return true;
  }

  #answer(phone: Phone, phoneCall: PhoneCall): void {
    this.#state = "answered";
    this.#answered = phoneCall;
    this.#answeredBy = phone;
    this.#answeredAt ??= this.#clock.now;
    this.#ringing?.delete(phone);
    this.#cancelRinging("answered elsewhere");
  }

  #cancelRinging(reason: "answered elsewhere" | "ended"): void {
    for (const phoneCall of this.#ringing?.values() ?? []) phoneCall.cancel(reason);
    this.#ringing = undefined;
  }
}
