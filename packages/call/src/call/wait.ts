/** Waits so many milliseconds, or until the signal aborts. Never rejects. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done, { once: true });
    if (signal?.aborted) done();
  });
}

/** What ends waiting for something before it's there, and the error for each. */
export interface Bounds {
  /** Milliseconds. Default: no end. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly tooLate?: () => Error;
  /** @param reason of the signal */
  readonly givenUp: (reason?: unknown) => Error;
}

/** Waits for a result within bounds. What makes it goes on all the same: others may wait for it, too. */
export function waitFor<T>(result: Promise<T>, { timeout, signal, tooLate, givenUp }: Bounds): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const abort = () => {
      end();
      reject(givenUp(signal?.reason));
    };
    const late = () => {
      end();
      reject((tooLate ?? givenUp)());
    };
    const timer = timeout === undefined ? undefined : setTimeout(late, timeout);
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    result.then(resolve, reject).finally(end);
  });
}
