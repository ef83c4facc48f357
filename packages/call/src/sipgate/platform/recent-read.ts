import type { Clock } from "../../call/clock.js";
import { CallError } from "../../call/errors.js";
import type { Balance, CallRestrictions, Device, RequestOptions, User } from "../../call/telephony.js";
import { waitFor } from "../../call/wait.js";
import type { HttpResponse } from "../http/http.js";

/** Milliseconds: the time that a preflight takes at most, so the call after it asks for nothing again. */
const RECENT_MS = 5_000;

/** A read whose result is shared for five seconds: nothing is asked twice. */
export class RecentRead<T> {
  readonly #clock: Clock;
  readonly #read: (options?: RequestOptions) => Promise<T>;
  #latest: { readonly answer: Promise<T>; readonly askedAt: number } | undefined;

  constructor(clock: Clock, read: (options?: RequestOptions) => Promise<T>) {
    this.#clock = clock;
    this.#read = read;
  }

  /** Asks, whatever is known. */
  ask(options?: RequestOptions): Promise<T> {
    const asked = { answer: this.#read(options), askedAt: this.#clock.monotonicMs() };
    this.#latest = asked;
    // A failure isn't kept: the next one asks again.
    asked.answer.catch(() => {
      if (this.#latest === asked) this.#latest = undefined;
    });
    return asked.answer;
  }

  /** Takes this for the answer in the next seconds. */
  suppose(answer: T): void {
    this.#latest = { answer: Promise.resolve(answer), askedAt: this.#clock.monotonicMs() };
  }

  forget(): void {
    this.#latest = undefined;
  }

  /** What was answered in the last seconds, or will be; else asks. */
  async recent(options?: RequestOptions): Promise<T> {
    const { answer, askedAt } = this.#latest ?? {};
    if (answer === undefined || askedAt === undefined) return this.ask(options);
    if (this.#clock.monotonicMs() - askedAt > RECENT_MS) return this.ask(options);
    try {
      return await waitFor(answer, { signal: options?.signal, givenUp });
    } catch (error) {
      // The caller that asked may have given it up.
      if (options?.signal?.aborted || !isGivenUp(error)) throw error;
      return this.ask(options);
    }
  }
}

/** What a preflight and the call after it both need. */
export interface RecentReads {
  readonly user: RecentRead<User>;
  readonly devices: RecentRead<Device[]>;
  readonly channels: RecentRead<HttpResponse>;
  readonly balance: RecentRead<Balance>;
  readonly restrictions: RecentRead<CallRestrictions>;
}

function isGivenUp(error: unknown): boolean {
  return error instanceof CallError && (error.code === "aborted" || error.code === "timeout");
}

function givenUp(reason: unknown): CallError {
  return new CallError("aborted", "The program canceled it.", {
    remedy: "Call again if it was a mistake.",
    placed: "no",
    cause: reason,
  });
}
