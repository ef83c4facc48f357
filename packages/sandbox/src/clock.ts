/** The sandbox's time. Everything that happens later (ringing, answers, releases) is scheduled on it. */
export interface SandboxClock {
  now(): Date;
  /**
   * Moves a manual clock on and runs, in order, what becomes due on the way.
   *
   * @param milliseconds 0 or more
   * @throws TypeError on a real clock, or for a time that isn't one
   */
  advance(milliseconds: number): Promise<void>;
}

interface Timer {
  readonly due: number;
  readonly order: number;
  action: (() => void) | undefined;
}

/** Where a manual clock starts, so that every run of a test sees the same times. */
const MANUAL_START = Date.UTC(2026, 0, 5, 9, 0, 0);
// Longer waits overflow setTimeout; the clock just looks again then.
const LONGEST_WAIT = 2 ** 31 - 1;

export class Clock implements SandboxClock {
  readonly #manual: boolean;
  readonly #timers: Timer[] = [];
  #time = MANUAL_START;
  #order = 0;
  #alarm: NodeJS.Timeout | undefined;

  constructor(kind: "real" | "manual") {
    this.#manual = kind === "manual";
  }

  now(): Date {
    return new Date(this.#manual ? this.#time : Date.now());
  }

  async advance(milliseconds: number): Promise<void> {
    if (!this.#manual)
      throw new TypeError("Only a manual clock can be moved: createSandbox({ clock: 'manual' }).");
    if (!Number.isFinite(milliseconds) || milliseconds < 0)
      throw new TypeError("advance takes milliseconds, 0 or more.");
    const until = this.#time + milliseconds;
    for (let next = this.#timers[0]; next !== undefined && next.due <= until; next = this.#timers[0]) {
      this.#time = Math.max(this.#time, next.due);
      this.#runDue();
    }
    this.#time = until;
  }

  /** Does something in so many milliseconds; the function returned calls it off. */
  schedule(milliseconds: number, action: () => void): () => void {
    const timer: Timer = { due: this.now().getTime() + milliseconds, order: this.#order++, action };
    push(this.#timers, timer);
    this.#setAlarm();
    return () => {
      timer.action = undefined;
    };
  }

  /** Calls everything off. */
  stop(): void {
    this.#timers.length = 0;
    clearTimeout(this.#alarm);
  }

  #runDue(): void {
    const now = this.now().getTime();
    for (let next = this.#timers[0]; next !== undefined && next.due <= now; next = this.#timers[0]) {
      pop(this.#timers);
      next.action?.();
    }
  }

  /** One timer of the system serves all of ours: a call costs an entry in a heap. */
  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const next = this.#timers[0];
    if (this.#manual || next === undefined) return;
    const wait = Math.min(Math.max(0, next.due - Date.now()), LONGEST_WAIT);
    this.#alarm = setTimeout(() => {
      this.#runDue();
      this.#setAlarm();
    }, wait).unref();
  }
}

// A binary heap, the timer that is due first on top.

function push(heap: Timer[], timer: Timer): void {
  let at = heap.push(timer) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!swapIfLater(heap, above, at)) return;
    at = above;
  }
}

function pop(heap: Timer[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const below = isLater(heap[left], heap[right]) ? right : left;
    if (!swapIfLater(heap, at, below)) return;
    at = below;
  }
}

function isLater(a: Timer | undefined, b: Timer | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.due === b.due ? a.order > b.order : a.due > b.due;
}

function swapIfLater(heap: Timer[], upper: number, lower: number): boolean {
  const [above, below] = [heap[upper], heap[lower]];
  if (above === undefined || below === undefined || !isLater(above, below)) return false;
  heap[upper] = below;
  heap[lower] = above;
  return true;
}
