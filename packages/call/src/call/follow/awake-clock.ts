import type { Clock } from "../clock.js";

/** Milliseconds that a timer may be late, as on a busy machine. */
const LATE_MS = 10_000;

/**
 * A clock without the time in which the machine slept: what is waited for can't be observed then. On some systems the
 * clock that never goes back stands still meanwhile, on others it jumps.
 */
export class AwakeClock implements Clock {
  readonly #clock: Clock;
  #asleepMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs() - this.#asleepMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const expected = this.monotonicMs() + delayMs;
    return this.#clock.after(delayMs, () => {
      this.#leaveOut(this.monotonicMs() - expected);
      run();
    });
  }

  /** Waits for work that takes no longer than `longestMs` unless the machine sleeps. */
  async during<T>(longestMs: number, work: Promise<T>): Promise<T> {
    const latest = this.monotonicMs() + longestMs;
    try {
      return await work;
    } finally {
      this.#leaveOut(this.monotonicMs() - latest);
    }
  }

  #leaveOut(lateMs: number): void {
    if (lateMs > LATE_MS) this.#asleepMs += lateMs;
  }
}
