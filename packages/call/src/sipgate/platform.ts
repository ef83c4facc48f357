import { CallError } from "../call/errors.js";
import { signalOf } from "../call/request-options.js";
import type { Platform, RequestOptions } from "../call/telephony.js";
import { platformOfToken } from "./credentials.js";
import type { Rest } from "./rest.js";
import type { ClientSettings } from "./settings.js";

/** Finds out which platform an account is on, and remembers it. */
export interface PlatformFinder {
  /** What is known without a request: as configured, named by the access token, or found earlier. */
  known(options?: RequestOptions): Promise<Platform | undefined>;
  /** What is known, else what sipgate's answers tell. */
  find(options?: RequestOptions): Promise<Platform | undefined>;
  remember(platform: Platform): void;
}

export function createPlatformFinder(
  rest: Rest,
  { credentials, timeout, platform: configured }: ClientSettings,
): PlatformFinder {
  let remembered: Platform | undefined;
  let asking: SharedProbe | undefined;
  const known = async (options?: RequestOptions) =>
    configured ?? remembered ?? (await platformOfToken(credentials, { timeout, signal: signalOf(options) }));
  return {
    known,
    async find(options) {
      const signal = signalOf(options);
      const platform = await known(options);
      if (platform !== undefined) return platform;
      asking ??= new SharedProbe(rest, () => {
        asking = undefined;
      });
      remembered = await asking.answer(signal);
      return remembered;
    },
    remember(platform) {
      remembered = platform;
    },
  };
}

/** One probe for all who ask while it's under way. It ends once nobody waits for it any more. */
class SharedProbe {
  readonly #stop = new AbortController();
  readonly #answer: Promise<Platform | undefined>;
  #waiting = 0;

  constructor(rest: Rest, over: () => void) {
    this.#answer = probe(rest, this.#stop.signal).finally(over);
  }

  /** @throws CallError once the signal aborts, while the others still wait */
  async answer(signal: AbortSignal | undefined): Promise<Platform | undefined> {
    this.#waiting += 1;
    try {
      return await (signal === undefined ? this.#answer : orGivenUp(this.#answer, signal));
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#stop.abort();
    }
  }
}

const probe = async (rest: Rest, signal: AbortSignal): Promise<Platform | undefined> =>
  (await import("./probe-platform.js")).probePlatform(rest, { signal });

async function orGivenUp<T>(asking: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const givenUp = new Promise<never>((_, reject) => {
    stop = () => reject(notWaited());
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([asking, givenUp]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function notWaited(): CallError {
  return new CallError("aborted", "Finding out sipgate's platform was given up.", {
    remedy: "Name the platform, so that nothing has to be found out.",
    placed: "no",
  });
}
