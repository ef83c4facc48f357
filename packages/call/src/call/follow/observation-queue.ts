import type { Look, Sighting } from "./observation.js";

/** Signs of one call that wait to be taken: every event in its order, but of several looks just the latest. */
export class Signs {
  readonly #pushed: Sighting[] = [];
  #look: Look | undefined;
  #hasEnded = false;
  #notify = () => {};

  add(sighting: Sighting): void {
    if (sighting.kind === "push") this.#pushed.push(sighting);
    // Whoever takes a while to ask is shown the latest look, and no record is lost.
    else this.#look = { ...sighting, record: sighting.record ?? this.#look?.record };
    this.#notify();
  }

  end(): void {
    this.#hasEnded = true;
    this.#notify();
  }

  /** The next sign, once there is one; undefined at the end. */
  async next(): Promise<Sighting | undefined> {
    while (!this.#hasEnded) {
      const next = this.#pushed.shift() ?? this.#takeLook();
      if (next !== undefined) return next;
      await new Promise<void>((resolve) => {
        this.#notify = resolve;
      });
    }
    return undefined;
  }

  #takeLook(): Look | undefined {
    const look = this.#look;
    this.#look = undefined;
    return look;
  }
}
