// Reading again what failed in passing. Only what reads: see RestRequest's `method`.
import type { Clock } from "../../call/clock.js";
import { wait } from "../../call/wait.js";
import { type HttpResponse, TransportError } from "./http.js";
import { retryAfterMs } from "./retry-after.js";

/** What came of one attempt. */
export type Attempt = HttpResponse | TransportError;

export interface RetryLimits {
  readonly clock: Clock;
  /** When it has to be over, by `monotonicMs` of the clock. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

const MOST_ATTEMPTS = 3;
/** Milliseconds, doubled with each attempt. */
const FIRST_WAIT = 250;
/** Milliseconds. Whoever is told to wait longer hears of it instead of waiting. */
const LONGEST_WAIT = 5_000;

const PASSING_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Attempts it again, at most twice, while it fails in ways that may pass. */
export async function retryRead(
  first: Attempt,
  attempt: (timeout: number) => Promise<Attempt>,
  { clock, deadline, signal }: RetryLimits,
): Promise<Attempt> {
  let latest = first;
  for (let tries = 1; tries < MOST_ATTEMPTS && mayPass(latest); tries += 1) {
    const delay = delayAfter(latest, tries, clock);
    if (delay > LONGEST_WAIT || clock.monotonicMs() + delay >= deadline) return latest;
    await wait(clock, delay, signal);
    if (signal?.aborted) return new TransportError("aborted", false);
    latest = await attempt(deadline - clock.monotonicMs());
  }
  return latest;
}

function mayPass(attempt: Attempt): boolean {
  return attempt instanceof TransportError
    ? attempt.failure === "connection-lost"
    : PASSING_STATUS.has(attempt.status);
}

/** As long as sipgate asks for, else doubling, with jitter: many clients that fail together mustn't come back together. */
function delayAfter(attempt: Attempt, tries: number, clock: Clock): number {
  const asked = attempt instanceof TransportError ? undefined : retryAfterMs(attempt, clock);
  return asked ?? FIRST_WAIT * 2 ** (tries - 1) * (0.5 + Math.random());
}
