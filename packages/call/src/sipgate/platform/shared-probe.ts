import type { Clock } from "../../call/clock.js";
import { CallError } from "../../call/errors.js";
import type { Platform, RequestOptions } from "../../call/telephony.js";
import { waitFor } from "../../call/wait.js";
import type { ApiClient } from "../api/api-client.js";
import type { HttpResponse } from "../http/http.js";
import { probePlatform } from "./probe-platform.js";
import type { RecentRead } from "./recent-read.js";

/** One probe for all callers that ask while it runs. It ends once none of them waits for it any more. */
export class SharedProbe {
  readonly #stop = new AbortController();
  readonly #answer: Promise<Platform | undefined>;
  readonly #over: () => void;
  #waiting = 0;
  #isOver = false;

  constructor(clock: Clock, api: ApiClient, channels: RecentRead<HttpResponse>, over: () => void) {
    this.#over = () => {
      this.#isOver = true;
      over();
    };
    this.#answer = probePlatform(clock, api, channels, { signal: this.#stop.signal }).finally(this.#over);
  }

  /**
   * @param clock that measures the wait
   * @param options limits of this caller's wait; the requests have their own limit as well
   * @throws CallError once the signal aborts or it takes too long; other callers keep waiting
   */
  async answer(clock: Clock, { timeoutMs, signal }: RequestOptions = {}): Promise<Platform | undefined> {
    const limit = timeoutMs === undefined ? {} : { limit: { clock, milliseconds: timeoutMs, tooLate } };
    this.#waiting += 1;
    try {
      return await waitFor(this.#answer, { ...limit, signal, givenUp: notWaited });
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#isOver) {
        this.#over(); // Later callers don't get a probe that is being given up.
        this.#stop.abort();
      }
    }
  }
}

function tooLate(): CallError {
  return new CallError("timeout", "Finding out sipgate's platform took too long.", {
    remedy: "Allow more time, or name the platform, so nothing has to be found out.",
    placed: "no",
  });
}

function notWaited(reason: unknown): CallError {
  return new CallError("aborted", "Finding out sipgate's platform was canceled.", {
    remedy: "Name the platform, so that nothing has to be found out.",
    placed: "no",
    cause: reason,
  });
}
