import type { CallEnd } from "../switch/end.js";

/**
 * A phone, as the switch sees it: something at an extension or a number that can be rung. This is a port: the switch
 * knows phones through it alone. `SimulatedPhone`, which follows a script on the sandbox's clock, implements it; a
 * phone that registers by SIP or WebRTC would be another implementation.
 *
 * ```
 * switch                                phone
 *   ring(call, report)    ───────────►
 *                         ◄───────────  ringing                        if it rings
 *                         ◄───────────  answered, declined or gone
 *   cancel()              ───────────►                                 if none of the three came in time
 *   connected()           ───────────►                                 once the other party has answered, too
 *   hold(on), dtmf(tones) ───────────►                                 any number of times
 *   hangUp()              ───────────►  or ◄─── hungUp, gone
 * ```
 *
 * The switch guarantees:
 * - Each leg of a call rings each of its phones once. The first phone that answers wins; the others are cancelled.
 * - `cancel` and `hangUp` are final: the switch calls nothing more for this call, and ignores what the phone still
 *   reports. The same holds after `declined`, `hungUp` and `gone`.
 * - It limits how long phones ring. A phone needs no timeout of its own.
 *
 * A phone guarantees:
 * - `ring` returns at once, and nothing is reported before it has returned.
 * - If the phone is answered while it's being cancelled, it hangs up by itself.
 * - Each `ring` stands for itself: several calls may ring the same phone at the same time.
 * - No method throws.
 */
export interface Phone {
  /** The extension (`e0`) or the number in E.164 with plus. */
  readonly id: string;
  /** Starts to ring the phone for one leg of a call. */
  ring(call: IncomingCall, report: (event: PhoneEvent) => void): PhoneCall;
}

/** What a phone learns of the call that rings it. */
export interface IncomingCall {
  /** The id that the REST API gave the call. */
  readonly callId: string;
  /** The number to display, in E.164 with plus. */
  readonly shownNumber: string;
}

/** What a phone reports to the switch. */
export type PhoneEvent =
  /** It rings. */
  | { readonly kind: "ringing" }
  /** Somebody has picked up. */
  | { readonly kind: "answered" }
  /**
   * The phone, or the network in its place, doesn't take the call, which ends like this unless another phone answers.
   */
  | { readonly kind: "declined"; readonly end: CallEnd }
  /** Somebody has hung up. Comes after `answered` only. */
  | { readonly kind: "hungUp" }
  /** The phone can't be reached, or no longer: it's offline, or its connection broke. */
  | { readonly kind: "gone" };

/** One call at one phone: what the switch can do with it. */
export interface PhoneCall {
  /** Stops the ringing: another phone has answered, the network gave up, or the call has ended. */
  cancel(): void;
  /** Both parties have answered and can talk. */
  connected(): void;
  /** Ends the call at a phone that has answered. */
  hangUp(): void;
  /** Puts the call on hold, or takes it off. */
  hold(on: boolean): void;
  /** The other party has sent DTMF tones: 0-9, A-D, * and #. */
  dtmf(tones: string): void;
}
