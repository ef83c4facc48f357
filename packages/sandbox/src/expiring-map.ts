import type { Clock } from "./clock.js";

/** Of more entries than this, the oldest are forgotten before their time. */
const LIMIT = 20_000;

/**
 * What is known until a time by the sandbox's clock. It's forgotten while other things are added, in the order in which
 * it was added: entries of one list last for the same time.
 */
export class ExpiringMap<T> {
  readonly #clock: Clock;
  readonly #entries = new Map<string, { value: T; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param until milliseconds since 1970 */
  set(key: string, value: T, until: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until });
    for (const [oldest, entry] of this.#entries) {
      if (entry.until > this.#clock.now && this.#entries.size <= LIMIT) break;
      this.#entries.delete(oldest);
    }
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > this.#clock.now ? entry.value : undefined;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
