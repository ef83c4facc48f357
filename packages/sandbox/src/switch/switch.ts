import { CALLEE_SETUP_MS, CALLER_SETUP_MS, pushCauseFor, RING_TIMEOUT_MS } from "../assumptions.js";
import type { Clock } from "../clock.js";
import type { Endpoint, Refusal } from "../phones/behaviour.js";
import type { Call, CallOrder, CallState, Leg } from "./call.js";
import type { CallEnd } from "./end.js";
import { newCall } from "./new-call.js";

/** Is told of every change of a call's state. */
export type CallObserver = (call: Call) => void;

/**
 * Two-leg calls: the caller's phone rings, is answered, then the callee's phone rings, is answered, and both are
 * connected until somebody hangs up.
 */
export class Switch {
  readonly #calls = new Map<string, Call>();
  readonly #running = new Set<Call>();
  readonly #clock: Clock;
  readonly #observe: CallObserver;

  constructor(clock: Clock, observe: CallObserver) {
    this.#clock = clock;
    this.#observe = observe;
  }

  /** All calls that were ever placed, oldest first. */
  calls(): IterableIterator<Call> {
    return this.#calls.values();
  }

  /** The calls that haven't ended. */
  running(): Iterable<Call> {
    return this.#running;
  }

  find(id: string): Call | undefined {
    return this.#calls.get(id);
  }

  place(order: CallOrder): Call {
    const call = newCall(order, this.#calls.size, this.#clock.now);
    this.#calls.set(call.id, call);
    this.#running.add(call);
    this.#observe(call);
    this.#later(call, CALLER_SETUP_MS, () => this.#ring(call, call.callerLeg));
    return call;
  }

  /** Ends a call at a client's request. */
  hangUp(call: Call): void {
    const cause = call.connectedAt === null ? "canceled" : "completed";
    this.#end(call, { party: "client", cause, raw: pushCauseFor(cause) });
  }

  /** Rings all phones of a leg. The first that answers wins; the last that refuses decides how the call ends. */
  #ring(call: Call, leg: Leg): void {
    leg.state = "calling";
    this.#later(call, RING_TIMEOUT_MS, () => this.#giveUp(call, leg));
    if (leg.endpoints.some(rings)) this.#startRinging(call, leg);
    let open = leg.endpoints.length;
    const refuse = (refusal: Refusal): void => {
      open -= 1;
      if (open === 0) this.#end(call, refusal);
    };
    for (const endpoint of leg.endpoints) this.#ringPhone(call, leg, endpoint, refuse);
  }

  #ringPhone(call: Call, leg: Leg, endpoint: Endpoint, refuse: (refusal: Refusal) => void): void {
    const { behaviour } = endpoint;
    if (behaviour.kind === "answers") {
      this.#later(call, behaviour.afterMs, () => this.#answer(call, leg, endpoint));
    } else if (behaviour.kind === "refuses") {
      this.#later(call, behaviour.ringsMs, () => refuse(behaviour.refusal));
    }
  }

  #startRinging(call: Call, leg: Leg): void {
    leg.state = "ringing";
    leg.ringingAt = this.#clock.now;
    this.#enter(call, leg.party === "caller" ? "caller-ringing" : "callee-ringing");
  }

  #answer(call: Call, leg: Leg, endpoint: Endpoint): void {
    this.#dropTimers(call);
    leg.state = "answered";
    leg.answeredBy = endpoint;
    leg.answeredAt = this.#clock.now;
    if (leg.party === "callee") {
      this.#connect(call);
      return;
    }
    this.#enter(call, "caller-answered");
    this.#later(call, CALLEE_SETUP_MS, () => this.#ring(call, call.calleeLeg));
  }

  #connect(call: Call): void {
    call.connectedAt = this.#clock.now;
    this.#enter(call, "connected");
    for (const leg of [call.callerLeg, call.calleeLeg]) {
      const behaviour = leg.answeredBy?.behaviour;
      if (behaviour?.kind !== "answers" || behaviour.hangsUpAfterMs === null) continue;
      const end: CallEnd = { party: leg.party, cause: "completed", raw: pushCauseFor("completed") };
      this.#later(call, behaviour.hangsUpAfterMs, () => this.#end(call, end));
    }
  }

  /** Nobody answered in time: the phone rang, or (an app that never rings) it could not be reached at all. */
  #giveUp(call: Call, leg: Leg): void {
    const cause = leg.ringingAt === null ? "unreachable" : "no-answer";
    const party = leg.ringingAt === null ? "network" : leg.party;
    this.#end(call, { party, cause, raw: pushCauseFor(cause) });
  }

  #end(call: Call, end: CallEnd): void {
    this.#dropTimers(call);
    const now = this.#clock.now;
    for (const leg of [call.callerLeg, call.calleeLeg]) {
      if (leg.state !== "waiting") leg.releasedAt = now;
      leg.state = "released";
    }
    call.end = end;
    call.endedAt = now;
    this.#running.delete(call);
    this.#enter(call, "ended");
  }

  #enter(call: Call, state: CallState): void {
    call.state = state;
    call.history.push({ state, at: this.#clock.now });
    this.#observe(call);
  }

  #later(call: Call, delay: number, run: () => void): void {
    call.timers.push(this.#clock.after(delay, run));
  }

  #dropTimers(call: Call): void {
    for (const timer of call.timers) this.#clock.cancel(timer);
    call.timers = [];
  }
}

function rings({ behaviour }: Endpoint): boolean {
  return behaviour.kind !== "silent" && !(behaviour.kind === "refuses" && behaviour.ringsMs === 0);
}
