import { type Clock, createClock } from "./clock.js";

/**
 * The sandbox's time. A client under test can live by it, too: `createClient({ clock: sandbox.clock })` lets its polls,
 * retries and timeouts come due in one order with what the simulated phones do.
 */
export interface SandboxClock {
  /**
   * A manual clock starts at 2026-01-05T08:00:00Z.
   *
   * @throws nothing
   * @example
   * ```ts
   * import { createManualClock } from "sipgate-sandbox";
   *
   * const clock = createManualClock();
   * console.log(clock.now().toISOString()); // 2026-01-05T08:00:00.000Z
   * ```
   */
  now(): Date;
  /**
   * Milliseconds since some moment in the past. Never goes back.
   *
   * @throws nothing
   * @example
   * ```ts
   * import { createManualClock } from "sipgate-sandbox";
   *
   * const clock = createManualClock();
   * const begun = clock.monotonicMs();
   * await clock.advance(1_500); // milliseconds
   * console.log(clock.monotonicMs() - begun); // 1500
   * ```
   */
  monotonicMs(): number;
  /**
   * Calls `run` once, `delayMs` milliseconds from now.
   *
   * @returns what cancels it
   * @throws nothing
   * @example
   * ```ts
   * import { createManualClock } from "sipgate-sandbox";
   *
   * const clock = createManualClock();
   * clock.after(1_000, () => console.log("printed"));
   * const cancel = clock.after(2_000, () => console.log("never printed"));
   * cancel();
   * await clock.advance(3_000); // milliseconds
   * ```
   */
  after(delayMs: number, run: () => void): () => void;
  /**
   * While this work is under way, such as a request, `advance` doesn't let time pass.
   *
   * @throws nothing: if the work fails, time may pass, too
   * @example
   * ```ts
   * import { createManualClock } from "sipgate-sandbox";
   *
   * const clock = createManualClock();
   * let text = "";
   * clock.busyUntil(fetch("data:text/plain,hello").then(async (response) => (text = await response.text())));
   * await clock.advance(1_000); // milliseconds
   * console.log(text); // hello
   * ```
   */
  busyUntil(work: Promise<unknown>): void;
  /**
   * Moves a manual clock forward, and lets phones ring, answer and hang up meanwhile, in order.
   *
   * Time goes from one timer to the next. Before each, the requests of clients that use this clock are finished. One
   * that takes longer than half a second of real time counts as hanging: time goes on, and its timeout can come. Pushes
   * aren't waited for: await `sandbox.pushed()`.
   *
   * @throws RangeError (rejects) if `milliseconds` is negative or not finite
   * @throws Error (rejects) if the sandbox runs on real time
   * @example
   * ```ts
   * import { createManualClock } from "sipgate-sandbox";
   *
   * const clock = createManualClock();
   * clock.after(60_000, () => console.log("a minute has passed"));
   * await clock.advance(60_000); // milliseconds
   * ```
   */
  advance(milliseconds: number): Promise<void>;
}

/**
 * A manual clock without a sandbox, for tests of a client against a server of their own.
 *
 * @throws nothing
 * @example
 * ```ts
 * import { createManualClock } from "sipgate-sandbox";
 *
 * const clock = createManualClock();
 * clock.after(60_000, () => console.log("a minute has passed"));
 * await clock.advance(60_000); // milliseconds
 * ```
 */
export function createManualClock(): SandboxClock {
  return shareClock(createClock("manual"));
}

/** Makes the sandbox's clock fit for others. */
export function shareClock(clock: Clock): SandboxClock {
  const underWay = new WorkUnderWay();
  let othersWereCalled = false;
  let advancing = Promise.resolve();

  const advanceInSteps = async (milliseconds: number) => {
    const end = clock.endAfter(milliseconds);
    await underWay.finished();
    while (clock.step(end)) {
      // What the sandbox itself does when it's time is done at once.
      if (othersWereCalled) await underWay.finished();
      othersWereCalled = false;
    }
  };

  return {
    now: () => new Date(clock.now),
    monotonicMs: () => clock.monotonicMs,
    after(delayMs, run) {
      return clock.after(Math.max(0, delayMs), () => {
        othersWereCalled = true;
        run();
      });
    },
    busyUntil(work) {
      underWay.add(work);
    },
    advance(milliseconds) {
      const mine = advancing.then(() => advanceInSteps(milliseconds));
      advancing = mine.catch(() => {}); // Who has asked for it is told.
      return mine;
    },
  };
}

/** Turns of the event loop without work under way, after which nobody is about to begin any. */
const QUIET_TURNS = 10;
/** Work that isn't done by then counts as hanging. In ticks, not in time: on a busy machine ticks are late, as work is. */
const GIVE_UP_AFTER_TICKS = 50;
const TICK_MS = 10;

/** Work that takes real time, such as requests. */
class WorkUnderWay {
  readonly #works = new Set<Promise<unknown>>();
  /** Since work was last begun or done. */
  #ticks = 0;
  #oneIsDone = () => {};

  add(work: Promise<unknown>): void {
    this.#works.add(work);
    this.#ticks = 0;
    const done = () => {
      this.#works.delete(work);
      this.#oneIsDone();
    };
    work.then(done, done);
  }

  /** Resolves when all of it is done or hangs, and nobody has begun more. */
  async finished(): Promise<void> {
    for (let quietTurns = 0; quietTurns < QUIET_TURNS; quietTurns += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      while (this.#works.size > 0) {
        quietTurns = 0;
        await this.#nextIsDone();
      }
    }
  }

  #nextIsDone(): Promise<void> {
    return new Promise((resolve) => {
      this.#ticks = 0;
      const end = () => {
        clearInterval(timer);
        this.#oneIsDone = () => {};
        resolve();
      };
      const timer = setInterval(() => {
        this.#ticks += 1;
        if (this.#ticks < GIVE_UP_AFTER_TICKS) return;
        this.#works.clear();
        end();
      }, TICK_MS);
      this.#oneIsDone = end;
    });
  }
}
