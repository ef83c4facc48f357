import type { PushedEvent } from "./pushed-event.js";

const MOST_CALLS = 10_000;
const MOST_EVENTS = 8;

/** Events of the most recently reported calls, for later subscribers. Bounded: anybody's calls are pushed. */
export class RecentPushes {
  readonly #byCall = new Map<string, PushedEvent[]>();

  add(event: PushedEvent): void {
    const events = this.#byCall.get(event.callId) ?? [];
    this.#byCall.delete(event.callId); // Set again below, it becomes the newest.
    this.#byCall.set(event.callId, [...events, event].slice(-MOST_EVENTS));
    const [oldest] = this.#byCall.keys();
    if (this.#byCall.size > MOST_CALLS && oldest !== undefined) this.#byCall.delete(oldest);
  }

  /** The events of a call, in the order in which they came. */
  of(callId: string): readonly PushedEvent[] {
    return this.#byCall.get(callId) ?? [];
  }
}
