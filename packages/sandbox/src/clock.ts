/** A manual clock starts on Monday, 5 January 2026, 08:00 UTC. */
const MANUAL_CLOCK_START = Date.UTC(2026, 0, 5, 8);

/** The latest time that a Date can hold, in milliseconds since 1970 (ECMAScript). */
const LATEST_DATE = 8.64e15;

/** Cancels a timer. Has no effect once the timer has run. */
export type CancelTimer = () => void;

/** The sandbox's time. Everything that happens to calls happens on it. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds since some moment in the past. Never goes back. */
  readonly monotonicMs: number;
  /** Calls `run` once, `delayMs` from now, unless the timer is cancelled. */
  after(delayMs: number, run: () => void): CancelTimer;
  /** Moves a manual clock forward and runs the timers that fall due, in order. Throws on a real clock. */
  advance(milliseconds: number): void;
  /** The time that a manual clock is moved to, in milliseconds since 1970. Throws as `advance` does. */
  endAfter(milliseconds: number): number;
  /**
   * Moves a manual clock to the next timer that is due by `end` and runs it.
   * @returns false if there is none; then it has moved to `end`
   */
  step(end: number): boolean;
  /** Drops all timers. */
  stop(): void;
}

export function createClock(kind: "real" | "manual"): Clock {
  return kind === "manual" ? new ManualClock() : new RealClock();
}

interface ManualTimer {
  readonly at: number;
  run: (() => void) | undefined;
}

class ManualClock implements Clock {
  /**
   * Latest first, since an array is cheap to shorten at its end. Timers for the same time are in reverse order, too: the
   * one that was set first comes last.
   */
  #timers: ManualTimer[] = [];
  #now = MANUAL_CLOCK_START;

  get now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): CancelTimer {
    const timer: ManualTimer = { at: this.#now + delayMs, run };
    this.#timers.splice(this.#positionOf(timer), 0, timer);
    return () => {
      // It stays in the list until its time comes: taking it out would mean a search.
      timer.run = undefined;
    };
  }

  get monotonicMs(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    const end = this.endAfter(milliseconds);
    while (this.step(end));
  }

  endAfter(milliseconds: number): number {
    if (!Number.isFinite(milliseconds) || milliseconds < 0) {
      throw new RangeError("clock.advance: milliseconds must be a finite number, zero or more.");
    }
    const end = this.#now + milliseconds;
    if (end > LATEST_DATE) throw new RangeError("clock.advance: this would be later than a Date can be.");
    return end;
  }

  step(end: number): boolean {
    for (let next = this.#timers.at(-1); next !== undefined && next.at <= end; next = this.#timers.at(-1)) {
      this.#timers.pop();
      if (next.run === undefined) continue; // It was cancelled.
      this.#now = next.at;
      next.run();
      return true;
    }
    this.#now = end;
    return false;
  }

  stop(): void {
    this.#timers = [];
  }

  /** Behind all timers that are due later, found by binary search. */
  #positionOf({ at }: ManualTimer): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timers[middle];
      if (other !== undefined && other.at > at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

class RealClock implements Clock {
  readonly #timeouts = new Set<NodeJS.Timeout>();

  get now(): number {
    return Date.now();
  }

  get monotonicMs(): number {
    return performance.now();
  }

  after(delayMs: number, run: () => void): CancelTimer {
    const timeout = setTimeout(() => {
      this.#timeouts.delete(timeout);
      run();
    }, delayMs);
    this.#timeouts.add(timeout);
    return () => this.#cancel(timeout);
  }

  advance(): void {
    this.endAfter();
  }

  endAfter(): number {
    throw new Error('clock.advance: this sandbox runs on real time. Create it with clock: "manual".');
  }

  step(): boolean {
    return false;
  }

  stop(): void {
    for (const timeout of this.#timeouts) this.#cancel(timeout);
  }

  #cancel(timeout: NodeJS.Timeout): void {
    clearTimeout(timeout);
    this.#timeouts.delete(timeout);
  }
}
