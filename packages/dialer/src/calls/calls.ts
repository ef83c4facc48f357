import type { Client, NewCall } from "sipgate-call";
import type { WireCall, WireOrder } from "../wire/wire.js";
import { type Order, RunningCall } from "./running-call.js";

/** Calls that ended stay known for pages that come later: this many. */
const KEPT = 50;

/** The calls of this dialer since it started. */
export class Calls {
  readonly #all = new Map<string, RunningCall>();
  readonly #told: (call: WireCall) => void;

  constructor(told: (call: WireCall) => void) {
    this.#told = told;
  }

  all(): WireCall[] {
    return [...this.#all.values()].map(({ wire }) => wire);
  }

  find(id: string): RunningCall | undefined {
    return this.#all.get(id);
  }

  /** The same id again is the same call: nobody is rung twice. */
  place(client: Client, profile: string, order: WireOrder): WireCall {
    return this.#begin(profile, order, (call) => call.run(client));
  }

  /** Takes up a call that this dialer has forgotten by being restarted. Dials nothing. */
  resume(client: Client, profile: string, order: WireOrder, callId: string): WireCall {
    return this.#begin(profile, order, (call) => call.resume(client, callId));
  }

  /** Takes over a call that a call list has placed. */
  take(placed: NewCall, profile: string, order: Order): WireCall {
    return this.#begin(profile, order, (call) => call.take(placed));
  }

  #begin(profile: string, order: Order, run: (call: RunningCall) => Promise<void>): WireCall {
    const known = this.#all.get(order.id);
    if (known !== undefined) return known.wire;
    const call = new RunningCall(order, profile, this.#told);
    this.#all.set(order.id, call);
    this.#forget();
    this.#told(call.wire);
    void run(call);
    return call.wire;
  }

  #forget(): void {
    const over = [...this.#all].filter(([, call]) => call.isOver);
    for (const [id] of over.slice(0, Math.max(0, over.length - KEPT))) this.#all.delete(id);
  }
}
