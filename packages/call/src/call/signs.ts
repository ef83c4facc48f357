import type { Look, Sighting } from "./sighting.js";

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

  async *all(): AsyncGenerator<Sighting> {
    while (!this.#hasEnded) {
      const next = this.#pushed.shift() ?? this.#takeLook();
      if (next !== undefined) yield next;
      else
        await new Promise<void>((resolve) => {
          this.#notify = resolve;
        });
    }
  }

  #takeLook(): Look | undefined {
    const look = this.#look;
    this.#look = undefined;
    return look;
  }
}
