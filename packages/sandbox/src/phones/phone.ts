import type { CallEnd, EndCause } from "../switch/end.js";
import type { Audio } from "./media.js";

/**
 * A phone, as the switch sees it: something at an extension or a number that can be rung. This is a port: the switch
 * knows phones through it alone. `SimulatedPhone`, which follows a script on the sandbox's clock, implements it; the
 * phones that register at sipgate-sandbox-phones are another implementation.
 *
 * ```
 * switch                                phone
 *   ring(call, report)    ───────────►
 *                         ◄───────────  ringing                        if it rings
 *                         ◄───────────  answered, declined or gone
 *   cancel()              ───────────►                                 if none of the three came in time
 *   ringback()            ───────────►                                 the other party's phone rings
 *   connected()           ───────────►                                 once the other party has answered, too
 *   hold(on), mute(on),
 *   dtmf(tones),
 *   movedTo(callId)       ───────────►                                 any number of times
 *                         ◄───────────  pressed, transfers             any number of times
 *   hangUp(end)           ───────────►  or ◄─── hungUp, gone
 * ```
 *
 * A phone can begin a call, too: see `Exchange.dial`. Then it counts as answered from the beginning.
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
  /** The extension (`e0`) or the number in E.164 with plus. Several phones may be registered at one extension. */
  readonly id: string;
  /** Whether somebody has registered it. Such a phone is rung at once: only a simulated network takes its time. */
  readonly isRegistered: boolean;
  /** Starts to ring the phone for one leg of a call. */
  ring(call: IncomingCall, report: Report): PhoneCall;
}

/** Tells the switch what happens at a phone. */
export type Report = (event: PhoneEvent) => void;

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
   * Who ended it, and sipgate's word for that, follow from the cause unless they're given.
   */
  | { readonly kind: "declined"; readonly end: Pick<CallEnd, "cause"> & Partial<CallEnd> }
  /** Somebody has hung up. Comes after `answered` only. */
  | { readonly kind: "hungUp" }
  /** The phone can't be reached, or no longer: it's offline, or its connection broke. */
  | { readonly kind: "gone" }
  /** Somebody has pressed keys: 0-9, A-D, * and #. The other party hears the tones without the switch. */
  | { readonly kind: "pressed"; readonly tones: string }
  /**
   * Somebody transfers the other party: to what is dialled, or to the other party of another call at the same phone.
   * `progress` learns what becomes of it.
   */
  | {
      readonly kind: "transfers";
      readonly to: string | PhoneCall;
      readonly progress: (progress: TransferProgress) => void;
    };

/**
 * What becomes of a transfer: `ringing` if the target's phone rings, then `done` or `failed`. After `done` the phone
 * that has transferred is hung up; after `failed` its call goes on.
 */
export type TransferProgress =
  | { readonly kind: "ringing" }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly cause: EndCause };

/** One call at one phone: what the switch can do with it. This is a port, as `Phone` is. No method throws. */
export interface PhoneCall {
  /** What the phone hears and says in this call. */
  readonly audio: Audio;
  /** Stops the ringing: another phone has answered, the network gave up, or the call has ended. */
  cancel(reason: "answered elsewhere" | "ended"): void;
  /** The other party's phone rings: the person at this one hears it. */
  ringback(): void;
  /** Both parties have answered and can talk. */
  connected(): void;
  /** A transfer has made it a part of another call. @param callId the one that the REST API gave that call */
  movedTo(callId: string): void;
  /** Ends the call at a phone that has answered. */
  hangUp(end: CallEnd): void;
  /** Puts the call on hold, or takes it off: neither party hears the other. */
  hold(on: boolean): void;
  /** Mutes the person at this phone: the other party doesn't hear them. */
  mute(on: boolean): void;
  /** The other party has sent DTMF tones: 0-9, A-D, * and #. */
  dtmf(tones: string): void;
}
