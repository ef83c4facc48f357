/** A log that grows beyond this many entries is cut to its newest half. */
const LIMIT = 20_000;

/** A log in order of time that keeps the newest entries, at least 10,000. */
export class BoundedLog<T> {
  #entries: T[] = [];

  add(entry: T): void {
    this.#entries.push(entry);
    if (this.#entries.length > LIMIT) this.#entries = this.#entries.slice(-LIMIT / 2);
  }

  snapshot(): readonly T[] {
    return [...this.#entries];
  }
}
