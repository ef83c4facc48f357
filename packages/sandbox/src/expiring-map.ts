import type { Clock } from "./clock.js";

/** A map that grows beyond this many entries drops its oldest ones before they expire. */
const LIMIT = 20_000;

/**
 * A map whose entries expire on the sandbox's clock. All entries of a map must live equally long: `set` drops expired
 * entries, and expects the oldest to expire first.
 */
export class ExpiringMap<T> {
  readonly #clock: Clock;
  readonly #entries = new Map<string, { value: T; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param until when the entry expires, in milliseconds since 1970 */
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
