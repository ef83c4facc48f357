// Retries reads that failed temporarily. Only reads: api-client.ts sends everything else once.
import type { Clock } from "../../call/clock.js";
import { wait } from "../../call/wait.js";
import { type HttpResponse, TransportError } from "./http.js";
import { retryAfterMs } from "./retry-after.js";

/** The outcome of one attempt. */
export type Attempt = HttpResponse | TransportError;

export interface RetryLimits {
  readonly clock: Clock;
  /** The time by which it has to end, by `monotonicMs` of the clock. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

const MOST_ATTEMPTS = 3;
/** Milliseconds, doubled with each attempt. */
const FIRST_WAIT = 250;
/** Milliseconds. If sipgate asks for a longer wait, the caller gets the error instead of waiting. */
const LONGEST_WAIT = 5_000;

const PASSING_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Retries it, at most twice, while it fails in ways that may be temporary. */
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
    if (signal?.aborted) return new TransportError("aborted", false, signal.reason);
    latest = await attempt(deadline - clock.monotonicMs());
  }
  return latest;
}

function mayPass(attempt: Attempt): boolean {
  return attempt instanceof TransportError
    ? attempt.failure === "connection-lost"
    : PASSING_STATUS.has(attempt.status);
}

/** As long as sipgate asks for, else doubling. Jitter: clients that fail together mustn't retry together. */
function delayAfter(attempt: Attempt, tries: number, clock: Clock): number {
  const asked = attempt instanceof TransportError ? undefined : retryAfterMs(attempt, clock);
  return asked ?? FIRST_WAIT * 2 ** (tries - 1) * (0.5 + Math.random());
}
