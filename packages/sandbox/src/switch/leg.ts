import type { Clock } from "../clock.js";
import type { IncomingCall, Phone, PhoneCall, PhoneEvent } from "../phones/phone.js";

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

  /**
   * Rings the phones. `report` gets the events that concern the whole leg: the first `ringing`, the first `answered`,
   * the last `declined` or `gone` of phones that ring, and `hungUp` or `gone` of the phone that has answered.
   */
  ring(call: IncomingCall, report: (event: PhoneEvent) => void): void {
    this.#state = "calling";
    const ringing = new Map<Phone, PhoneCall>();
    this.#ringing = ringing;
    for (const phone of this.phones) {
      const phoneCall = phone.ring(call, (event) => {
        if (this.#counts(phone, event)) report(event);
      });
      ringing.set(phone, phoneCall);
    }
  }

  connected(): void {
    this.#answered?.connected();
  }

  hold(on: boolean): void {
    this.#answered?.hold(on);
  }

  dtmf(tones: string): void {
    this.#answered?.dtmf(tones);
  }

  /** Cancels the phones that ring, and hangs up the one that has answered. */
  release(): void {
    this.#cancelRinging();
    this.#answered?.hangUp();
    this.#answered = undefined;
    if (this.#state !== "waiting") this.#releasedAt = this.#clock.now;
    this.#state = "released";
  }

  /** Notes what a phone reports. Returns whether it concerns the whole leg; what is out of turn never does. */
  #counts(phone: Phone, { kind }: PhoneEvent): boolean {
    const phoneCall = this.#ringing?.get(phone);
    if (phoneCall === undefined) return (kind === "hungUp" || kind === "gone") && this.#leave(phone);
    switch (kind) {
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
        return false;
    }
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
    this.#answeredAt = this.#clock.now;
    this.#ringing?.delete(phone);
    this.#cancelRinging();
  }

  /** The phone that has answered has left the call. It must not be hung up any more. */
  #leave(phone: Phone): boolean {
    if (this.#answered === undefined || this.#answeredBy !== phone) return false;
    this.#answered = undefined;
    return true;
  }

  #cancelRinging(): void {
    for (const phoneCall of this.#ringing?.values() ?? []) phoneCall.cancel();
    this.#ringing = undefined;
  }
}
