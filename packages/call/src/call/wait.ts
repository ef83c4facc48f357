import type { Clock } from "./clock.js";

/** Waits for a number of milliseconds, or until the signal aborts. Never rejects. */
export function wait(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(milliseconds, done);
    signal?.addEventListener("abort", done, { once: true });
    if (signal?.aborted) done();
  });
}

/** What ends a wait early, and the error for each. */
export interface Bounds {
  /** Default: no end. */
  readonly limit?: { readonly clock: Clock; readonly milliseconds: number; readonly tooLate: () => Error };
  readonly signal?: AbortSignal | undefined;
  /** @param reason of the signal */
  readonly givenUp: (reason?: unknown) => Error;
}

/** Waits for a result within limits. The work itself continues: others may wait for it, too. */
export function waitFor<T>(result: Promise<T>, { limit, signal, givenUp }: Bounds): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      cancel?.();
      signal?.removeEventListener("abort", abort);
    };
    const abort = () => {
      end();
      reject(givenUp(signal?.reason));
    };
    const cancel = limit?.clock.after(limit.milliseconds, () => {
      end();
      reject(limit.tooLate());
    });
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    result.then(resolve, reject).finally(end);
  });
}

/** A signal that aborts after a number of milliseconds, unless it's canceled before. */
export function signalAfter(clock: Clock, milliseconds: number) {
  const controller = new AbortController();
  return { signal: controller.signal, cancel: clock.after(milliseconds, () => controller.abort()) };
}
