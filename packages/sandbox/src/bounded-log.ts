/** A log in order of time that keeps the newest entries. */
export class BoundedLog<T> {
  readonly #limit: number;
  #entries: T[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: T): void {
    this.#entries.push(entry);
    // Now and then, not for every entry: each time copies all that is kept.
    if (this.#entries.length > 2 * this.#limit) this.#entries = this.#entries.slice(-this.#limit);
  }

  snapshot(): readonly T[] {
    return this.#entries.slice(-this.#limit);
  }
}
