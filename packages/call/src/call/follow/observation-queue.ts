import type { Observation, PollResult } from "./observation.js";

/** Waiting observations of one call: every event in its order, but of several polls just the latest. */
export class ObservationQueue {
  readonly #pushed: Observation[] = [];
  #poll: PollResult | undefined;
  #hasEnded = false;
  #notify = () => {};

  add(observation: Observation): void {
    if (observation.kind === "push") this.#pushed.push(observation);
    // A slow reader gets the latest poll, and no record is lost.
    else this.#poll = { ...observation, record: observation.record ?? this.#poll?.record };
    this.#notify();
  }

  end(): void {
    this.#hasEnded = true;
    this.#notify();
  }

  /** The next observation, once there is one; undefined at the end. */
  async next(): Promise<Observation | undefined> {
    while (!this.#hasEnded) {
      const next = this.#pushed.shift() ?? this.#takePoll();
      if (next !== undefined) return next;
      await new Promise<void>((resolve) => {
        this.#notify = resolve;
      });
    }
    return undefined;
  }

  #takePoll(): PollResult | undefined {
    const poll = this.#poll;
    this.#poll = undefined;
    return poll;
  }
}
