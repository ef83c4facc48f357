/** A due time with what is to be done then. Cancelling leaves it in the heap, empty, until its time comes. */
export interface Timer {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

/** A binary heap of timers: earliest first, and for equal times in the order in which they were set. */
export class TimerHeap {
  readonly #timers: Timer[] = [];
  #nextOrder = 0;

  add(at: number, run: () => void): Timer {
    const timer: Timer = { at, order: this.#nextOrder++, run };
    this.#timers.push(timer);
    this.#raise(this.#timers.length - 1);
    return timer;
  }

  /** The earliest timer that wasn't cancelled. */
  first(): Timer | undefined {
    while (this.#timers[0]?.run === null) this.#removeFirst();
    return this.#timers[0];
  }

  /** Takes out the earliest timer if it is due at `now`. */
  takeDue(now: number): Timer | undefined {
    const first = this.first();
    if (first === undefined || first.at > now) return undefined;
    this.#removeFirst();
    return first;
  }

  clear(): void {
    this.#timers.length = 0;
  }

  #removeFirst(): void {
    const last = this.#timers.pop();
    if (last === undefined || this.#timers.length === 0) return;
    this.#timers[0] = last;
    this.#lower(0);
  }

  #raise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfLater(parent, index)) return;
      index = parent;
    }
  }

  #lower(start: number): void {
    let index = start;
    while (true) {
      const left = 2 * index + 1;
      if (left >= this.#timers.length) return;
      const child = this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#swapIfLater(index, child)) return;
      index = child;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#timers[a];
    const second = this.#timers[b];
    if (first === undefined || second === undefined) return false;
    return first.at < second.at || (first.at === second.at && first.order < second.order);
  }

  #swapIfLater(parent: number, child: number): boolean {
    const upper = this.#timers[parent];
    const lower = this.#timers[child];
    if (upper === undefined || lower === undefined || !this.#isBefore(child, parent)) return false;
    this.#timers[parent] = lower;
    this.#timers[child] = upper;
    return true;
  }
}
