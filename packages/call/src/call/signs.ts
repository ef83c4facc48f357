import type { Look, Sighting } from "./sighting.js";

/** Signs of one call that wait to be taken: every event in its order, but of several looks just the latest. */
export class Signs {
  readonly #pushed: Sighting[] = [];
  #look: Look | undefined;
  /** Whether the sign that was taken last is a look at which both parties talk. */
  #isToldTalking = false;
  #seenBefore: number | undefined;
  #hasEnded = false;
  #notify = () => {};

  add(sighting: Sighting): void {
    if (sighting.kind === "push") this.#pushed.push(sighting);
    else if (this.#isAsBefore(sighting)) {
      this.#seenBefore = sighting.begunAt;
      return;
    }
    // Whoever takes a while to ask is shown the latest look, and no record is lost.
    else
      this.#look = {
        ...sighting,
        seenBefore: this.#seenBefore,
        record: sighting.record ?? this.#look?.record,
      };
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
      if (next !== undefined) {
        this.#isToldTalking = next.kind === "look" && showsTalking(next);
        return next;
      }
      await new Promise<void>((resolve) => {
        this.#notify = resolve;
      });
    }
    return undefined;
  }

  /**
   * Whether a look shows what was told last: that both parties talk, as nearly every look does at nearly every call.
   * With 10,000 calls, telling each of them so would take most of the time that a look takes.
   */
  #isAsBefore(look: Look): boolean {
    const isWaiting = this.#look !== undefined || this.#pushed.length > 0;
    return this.#isToldTalking && !isWaiting && showsTalking(look);
  }

  #takeLook(): Look | undefined {
    const look = this.#look;
    this.#look = undefined;
    return look;
  }
}

/** Whether a look shows that both parties talk, and nothing else. */
function showsTalking({ running, record, notes }: Look): boolean {
  return running === "both-parties" && record === undefined && notes.length === 0;
}
