import { performance } from "node:perf_hooks";

const PERIOD_MS = 20;
/** After a longer stop of the process what was missed isn't made up for, in periods. */
const MOST_TO_CATCH_UP = 10;

/** Calls everybody who has something to send every 20 ms. It goes by the clock: timers alone fall behind. */
export class Pacer {
  readonly #members = new Set<() => void>();
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @returns ends it */
  join(member: () => void): () => void {
    this.#members.add(member);
    if (this.#timer === undefined) {
      this.#next = performance.now() + PERIOD_MS;
      this.#schedule();
    }
    return () => {
      this.#members.delete(member);
      if (this.#members.size === 0) this.close();
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, this.#next - performance.now()));
  }

  #tick(): void {
    const now = performance.now();
    if (now - this.#next > PERIOD_MS * MOST_TO_CATCH_UP) this.#next = now;
    while (this.#next <= now) {
      this.#next += PERIOD_MS;
      for (const member of [...this.#members]) member();
    }
    if (this.#members.size > 0) this.#schedule();
  }
}
