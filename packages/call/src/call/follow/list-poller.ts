import type { Clock } from "../clock.js";
import { CallError, RateLimitedError } from "../errors.js";

/** Milliseconds that looking may fail before what it would show counts as hidden. */
const OUTAGE_TOLERANCE_MS = 120_000;

/** One half of a look: what was read, by the id of the call, or why it can't be. Neither: not needed, or failed. */
export interface PolledList<T> {
  readonly items: ReadonlyMap<string, T> | undefined;
  readonly unreadableReason: string | undefined;
  /** Milliseconds that sipgate wants to be left alone. */
  readonly retryAfterMs: number;
}

export const NOT_NEEDED = { items: undefined, unreadableReason: undefined, retryAfterMs: 0 };

/** Reads the same list again and again, and bears that it fails now and then. */
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
      return { items, unreadableReason: undefined, retryAfterMs: 0 };
    } catch (error) {
      if (signal.aborted) return NOT_NEEDED;
      const now = this.#clock.monotonicMs();
      this.#failingSince ??= now;
      const forbidden = error instanceof CallError && error.code === "forbidden";
      const lasting = forbidden || now - this.#failingSince > OUTAGE_TOLERANCE_MS;
      const seconds = error instanceof RateLimitedError ? (error.retryAfter ?? 0) : 0;
      return {
        items: undefined,
        unreadableReason: lasting ? explained(error) : undefined,
        retryAfterMs: seconds * 1000,
      };
    }
  }
}

/** Errors of the application's own, such as its function that fetches access tokens, may hold what isn't for showing. */
function explained(error: unknown): string {
  return error instanceof CallError
    ? `${error.message} ${error.remedy}`
    : "Asking sipgate fails in the application.";
}
