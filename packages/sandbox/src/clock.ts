import { type Timer, TimerHeap } from "./timer-heap.js";

/** Where a manual clock starts: Monday, 5 January 2026, 08:00 UTC. */
const MANUAL_CLOCK_START = Date.UTC(2026, 0, 5, 8);

/** The longest wait that `setTimeout` can express, in milliseconds. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The sandbox's time. All that happens to calls happens on it. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Runs `run` once, `delay` milliseconds from now, unless the timer is cancelled before. */
  after(delay: number, run: () => void): Timer;
  cancel(timer: Timer): void;
  /** Moves a manual clock forward by `milliseconds` and runs what falls due, in order. */
  advance(milliseconds: number): void;
  /** Drops all timers. */
  stop(): void;
}

export function createClock(kind: "real" | "manual"): Clock {
  return kind === "manual" ? new ManualClock() : new RealClock();
}

/** The latest time that a Date can hold, in milliseconds (ECMAScript). */
const LATEST = 8.64e15;

class ManualClock implements Clock {
  readonly #timers = new TimerHeap();
  #now = MANUAL_CLOCK_START;

  get now(): number {
    return this.#now;
  }

  after(delay: number, run: () => void): Timer {
    return this.#timers.add(this.#now + delay, run);
  }

  cancel(timer: Timer): void {
    timer.run = null;
  }

  advance(milliseconds: number): void {
    if (!Number.isFinite(milliseconds) || milliseconds < 0) {
      throw new RangeError("clock.advance: milliseconds must be a finite number, zero or more.");
    }
    const end = this.#now + milliseconds;
    if (end > LATEST) throw new RangeError("clock.advance: that is later than a date can be.");
    let due = this.#timers.takeDue(end);
    while (due !== undefined) {
      this.#now = due.at;
      due.run?.();
      due = this.#timers.takeDue(end);
    }
    this.#now = end;
  }

  stop(): void {
    this.#timers.clear();
  }
}

/** Real time, with a single `setTimeout` for the earliest of all timers. */
class RealClock implements Clock {
  readonly #timers = new TimerHeap();
  #timeout: NodeJS.Timeout | undefined;
  #wakesAt = Number.POSITIVE_INFINITY;

  get now(): number {
    return Date.now();
  }

  after(delay: number, run: () => void): Timer {
    const timer = this.#timers.add(Date.now() + delay, run);
    if (timer.at < this.#wakesAt) this.#schedule();
    return timer;
  }

  cancel(timer: Timer): void {
    timer.run = null;
  }

  advance(): void {
    throw new Error('clock.advance: this sandbox runs on real time; create it with clock: "manual".');
  }

  stop(): void {
    clearTimeout(this.#timeout);
    this.#timers.clear();
    this.#wakesAt = Number.POSITIVE_INFINITY;
  }

  #schedule(): void {
    clearTimeout(this.#timeout);
    const first = this.#timers.first();
    this.#wakesAt = first?.at ?? Number.POSITIVE_INFINITY;
    if (first === undefined) return;
    const wait = Math.min(Math.max(first.at - Date.now(), 0), LONGEST_TIMEOUT);
    this.#timeout = setTimeout(() => this.#runDue(), wait);
  }

  #runDue(): void {
    const now = Date.now();
    let due = this.#timers.takeDue(now);
    while (due !== undefined) {
      due.run?.();
      due = this.#timers.takeDue(now);
    }
    this.#schedule();
  }
}
