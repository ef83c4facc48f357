import { onTestFinished, vi } from "vitest";

/**
 * Holds all timers of one length from now on, until they're told to run out: nobody waits for them. They can't be
 * cleared. All others run as ever.
 */
export function holdTimers(delayMs: number): { count: () => number; runOut: () => void } {
  const real = globalThis.setTimeout;
  const held: (() => void)[] = [];
  const holding = (run: () => void, ms?: number, ...values: []) => {
    if (ms !== delayMs) return real(run, ms, ...values);
    held.push(run);
    return real(() => {});
  };
  const spy = vi.spyOn(globalThis, "setTimeout").mockImplementation(holding as typeof setTimeout);
  onTestFinished(() => spy.mockRestore());
  return {
    count: () => held.length,
    runOut() {
      for (const run of held.splice(0)) run();
    },
  };
}
