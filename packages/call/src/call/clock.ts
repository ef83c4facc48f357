/**
 * The clock by which a client measures time and waits. By default it's the system's. In tests it may be one that is
 * moved by hand, such as the clock of `sipgate-sandbox`. This is a port: a clock of your own implements it. No method
 * may throw.
 */
export interface Clock {
  /** The wall-clock time. It may jump, so it's only compared with sipgate's times, stored and shown. */
  now(): Date;
  /** Milliseconds since some moment in the past. Never goes back. */
  monotonicMs(): number;
  /** Calls `run` once, `delayMs` milliseconds from now. @returns what cancels it */
  after(delayMs: number, run: () => void): () => void;
  /**
   * Is told of work under way outside the client, such as a request or a read from a store. A clock that is
   * moved by hand waits for it before it lets time pass. The system's clock doesn't use it.
   */
  busyUntil?(work: Promise<unknown>): void;
}

/** The system's time. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Work outside the client: a clock that is moved by hand waits for it. */
export function outside<T>(clock: Clock, work: Promise<T>): Promise<T> {
  clock.busyUntil?.(work);
  return work;
}

/** The wall-clock time at a moment of {@link Clock.monotonicMs}. */
export function dateOf(clock: Clock, monotonicMs: number): Date {
  return new Date(clock.now().getTime() - (clock.monotonicMs() - monotonicMs));
}

/** The moment of {@link Clock.monotonicMs} for a wall-clock time, provided that clock hasn't jumped since. */
export function momentOf(clock: Clock, wallMs: number): number {
  return clock.monotonicMs() - Math.max(0, clock.now().getTime() - wallMs);
}
