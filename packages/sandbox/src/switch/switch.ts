import {
  CALLEE_SETUP_MS,
  CALLER_SETUP_MS,
  causeOfLostPhone,
  pushCauseFor,
  RING_TIMEOUT_MS,
  shownNumberFor,
} from "../assumptions.js";
import type { Clock } from "../clock.js";
import type { Media } from "../phones/media.js";
import type { Phone, PhoneCall, PhoneEvent, Report } from "../phones/phone.js";
import type { Call, CallRequest, CallState } from "./call.js";
import { Calls } from "./calls.js";
import type { CallEnd, EndCause, Party } from "./end.js";
import type { Leg } from "./leg.js";
import { newCall } from "./new-call.js";
import type { Owner } from "./owner.js";
import { Transfers } from "./transfers.js";

/** Called at every change of a call's state. */
export type CallObserver = (call: Call) => void;

/** What a switch is made of. */
interface Parts {
  readonly clock: Clock;
  /** How many ended calls to keep: those that ended last. */
  readonly keep: number;
  readonly media: Media;
  readonly observe: CallObserver;
  /** Whom a phone means by what is dialled there; `undefined` if nobody. */
  calleeOf(account: string, dialled: string): Pick<CallRequest, "callee" | "calleePhones"> | undefined;
}

/**
 * Connects two parties: it rings the caller's phones, then, once one of them has answered, the callee's, and connects
 * both until one side hangs up. It knows phones through the port in phones/phone.ts alone.
 */
export class Switch {
  readonly #calls: Calls;
  readonly #clock: Clock;
  readonly #observe: CallObserver;
  readonly #media: Media;
  readonly #transfers: Transfers;

  constructor({ clock, keep, media, observe, calleeOf }: Parts) {
    this.#clock = clock;
    this.#calls = new Calls(keep);
    this.#media = media;
    this.#observe = observe;
    this.#transfers = new Transfers({
      accept: (request, original) => this.#accept(request, original),
      take: (call, leg, event) => this.#take(call, leg, event),
      callCallee: (call) => this.#callCallee(call),
      connect: (call) => {
        this.#enter(call, "caller-answered");
        this.#connect(call);
      },
      join: (call) => this.#join(call),
      part: (call) => this.#part(call),
      hangUp: (call, party) => this.#endByHangingUp(call, party),
      runningOf: (call) => [...this.runningOf(call)],
      calleeOf,
    });
  }

  /** The calls that are running, and the newest that have ended: in the order in which they were placed. */
  calls(): IterableIterator<Call> {
    return this.#calls.all();
  }

  /** A user's calls that haven't ended. */
  runningOf(owner: Owner): ReadonlySet<Call> {
    return this.#calls.runningOf(owner);
  }

  find(id: string): Call | undefined {
    return this.#calls.find(id);
  }

  /** Rings the caller first, then the callee. */
  place(request: CallRequest): Call {
    const call = this.#accept(request);
    const { callerLeg } = call;
    this.#startTimer(call, callerLeg.isRegistered ? 0 : CALLER_SETUP_MS, () => this.#ring(call, callerLeg));
    return call;
  }

  /**
   * A phone has begun a call: only the callee is rung.
   * @returns where the phone reports what happens
   */
  dial(request: CallRequest, phone: Phone, phoneCall: PhoneCall): { call: Call; report: Report } {
    const call = this.#accept(request);
    const report = call.callerLeg.adopt(phone, phoneCall, (event) => this.#take(call, call.callerLeg, event));
    this.#callCallee(call);
    return { call, report };
  }

  /** Connects the callee with somebody else: a call of its own, in the name of the same user. The first call ends. */
  transfer(call: Call, number: string, phones: readonly Phone[]): void {
    this.#transfers.blind(call, number, phones);
  }

  /**
   * Lets the caller talk with somebody else, in a call of its own, while the callee waits. If the caller hangs up there,
   * callee and target are connected, in a third call. If the target is gone, the caller is back with the callee.
   */
  consult(call: Call, number: string, phones: readonly Phone[]): void {
    this.#transfers.consult(call, number, phones);
  }

  /** Ends a call at a client's request. */
  hangUp(call: Call): void {
    this.#endByHangingUp(call, "client");
  }

  #accept(request: CallRequest, original?: Call): Call {
    const call = newCall(request, this.#calls.placed, this.#clock, original);
    this.#calls.add(call);
    this.#observe(call);
    return call;
  }

  #ring(call: Call, leg: Leg): void {
    this.#startTimer(call, RING_TIMEOUT_MS, () => this.#giveUp(call, leg));
    const incoming = { callId: call.id, shownNumber: shownNumberFor(leg.party, call) };
    leg.ring(incoming, (event) => this.#take(call, leg, event));
  }

  /** Carries on a call after what a phone of one of its legs has reported. */
  #take(call: Call, leg: Leg, event: PhoneEvent): void {
    switch (event.kind) {
      case "ringing":
        this.#enter(call, leg.party === "caller" ? "caller-ringing" : "callee-ringing");
        if (leg.party === "callee") call.callerLeg.ringback();
        this.#transfers.ringing(call);
        break;
      case "answered":
        if (leg.party === "caller") this.#callCallee(call);
        else this.#connect(call);
        break;
      case "declined":
        this.#decline(call, leg, event.end);
        break;
      case "hungUp":
        this.#endByHangingUp(call, leg.party);
        break;
      case "gone":
        this.#endWith(call, "network", causeOfLostPhone(call));
        break;
      case "transfers":
        this.#transfers.byPhone(call, leg, event);
        break;
      case "pressed":
    }
  }

  #callCallee(call: Call): void {
    this.#enter(call, "caller-answered");
    const { calleeLeg } = call;
    this.#startTimer(call, calleeLeg.isRegistered ? 0 : CALLEE_SETUP_MS, () => this.#ring(call, calleeLeg));
  }

  #connect(call: Call): void {
    stopTimer(call);
    call.connectedAt = this.#clock.now;
    this.#enter(call, "connected");
    call.callerLeg.connected();
    call.calleeLeg.connected();
    this.#join(call);
    this.#transfers.connected(call);
  }

  #join(call: Call): void {
    const [caller, callee] = [call.callerLeg.audio, call.calleeLeg.audio];
    if (caller !== undefined && callee !== undefined) call.conversation = this.#media.join(caller, callee);
  }

  #part(call: Call): void {
    call.conversation?.end();
    call.conversation = undefined;
    call.recording = false;
  }

  /** Nobody answered in time. If no phone even rang, none could be reached. */
  #giveUp(call: Call, leg: Leg): void {
    if (leg.ringingAt === undefined) this.#endWith(call, "network", "unreachable");
    else this.#endWith(call, leg.party, "no-answer");
  }

  #decline(call: Call, leg: Leg, { cause, party, raw }: Pick<CallEnd, "cause"> & Partial<CallEnd>): void {
    const by = party ?? (isPartysOwn(cause) ? leg.party : "network");
    this.#end(call, { party: by, cause, raw: raw ?? pushCauseFor(cause) });
  }

  #endByHangingUp(call: Call, party: Party): void {
    this.#endWith(call, party, call.connectedAt === undefined ? "canceled" : "completed");
  }

  #endWith(call: Call, party: Party, cause: EndCause): void {
    this.#end(call, { party, cause, raw: pushCauseFor(cause) });
  }

  #end(call: Call, end: CallEnd): void {
    stopTimer(call);
    this.#part(call);
    this.#transfers.ending(call, end.cause);
    call.callerLeg.release(end);
    call.calleeLeg.release(end);
    call.end = end;
    call.endedAt = this.#clock.now;
    this.#calls.end(call);
    this.#enter(call, "ended");
    this.#calls.keep(call);
  }

  #enter(call: Call, state: CallState): void {
    call.state = state;
    call.history.push({ state, at: this.#clock.now });
    this.#observe(call);
  }

  /** Starts the timer that leads to the call's next state. There is at most one. */
  #startTimer(call: Call, delayMs: number, run: () => void): void {
    stopTimer(call);
    call.cancelTimer = this.#clock.after(delayMs, run);
  }
}

/** Whether the party decided it, rather than the network. */
function isPartysOwn(cause: EndCause): boolean {
  return cause === "busy" || cause === "rejected" || cause === "no-answer" || cause === "forwarded";
}

function stopTimer(call: Call): void {
  call.cancelTimer?.();
  call.cancelTimer = undefined;
}
