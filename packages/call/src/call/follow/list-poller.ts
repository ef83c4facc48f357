import type { Clock } from "../clock.js";
import { CallError, RateLimitedError } from "../errors.js";

/** Milliseconds that polling may fail before what it would show counts as hidden. */
const OUTAGE_TOLERANCE_MS = 120_000;

/** Half of a poll: what was read, by the call's id, or why it can't be. Neither: not needed, or failed. */
export interface PolledList<T> {
  readonly items: ReadonlyMap<string, T> | undefined;
  readonly unreadableReason: string | undefined;
  /** Whether reading failed in a way that may pass. */
  readonly hasFailed: boolean;
  /** Milliseconds that sipgate asks to wait before the next request. */
  readonly retryAfterMs: number;
}

export const NOT_NEEDED = {
  items: undefined,
  unreadableReason: undefined,
  hasFailed: false,
  retryAfterMs: 0,
};

/** Reads the same list repeatedly, and tolerates occasional failures. */
export class ListPoller<T extends { readonly callId: string }> {
  readonly #clock: Clock;
  readonly #ask: (signal: AbortSignal) => Promise<readonly T[]>;
  #failingSince: number | undefined;

  constructor(clock: Clock, ask: (signal: AbortSignal) => Promise<readonly T[]>) {
    this.#clock = clock;
    this.#ask = ask;
  }

  async read(signal: AbortSignal): Promise<PolledList<T>> {
    try {
      const items = new Map<string, T>();
      // The first of several under one id is the newest, as sipgate lists them.
      for (const item of await this.#ask(signal)) if (!items.has(item.callId)) items.set(item.callId, item);
      this.#failingSince = undefined;
      return { items, unreadableReason: undefined, hasFailed: false, retryAfterMs: 0 };
    } catch (error) {
      if (signal.aborted) return NOT_NEEDED;
      const now = this.#clock.monotonicMs();
      this.#failingSince ??= now;
      const forbidden = error instanceof CallError && error.code === "forbidden";
      const lasting = forbidden || now - this.#failingSince > OUTAGE_TOLERANCE_MS;
      const seconds = error instanceof RateLimitedError ? (error.retryAfterSeconds ?? 0) : 0;
      return {
        items: undefined,
        unreadableReason: lasting ? explained(error) : undefined,
        hasFailed: !lasting,
        retryAfterMs: seconds * 1000,
      };
    }
  }
}

/** The application's own errors, e.g. of its access token function, may hold what must not be shown. */
function explained(error: unknown): string {
  return error instanceof CallError
    ? `${error.message} ${error.remedy}`
    : "Asking sipgate fails in the application.";
}
