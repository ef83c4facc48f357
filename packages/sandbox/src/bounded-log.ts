/** A log is cut to its newest half when it grows beyond this many entries. */
const LIMIT = 20_000;

/** A log of what happened, oldest first, that keeps the newest entries (at least 10,000). */
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
