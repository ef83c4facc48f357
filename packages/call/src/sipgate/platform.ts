import type { Platform, RequestOptions } from "../call/telephony.js";
import { type Credentials, platformOfToken } from "./credentials.js";
import type { Rest } from "./rest.js";

/** Finds out which platform an account is on, and remembers it. */
export interface PlatformFinder {
  /** What is known without a request: as configured, named by the access token, or found earlier. */
  known(): Promise<Platform | undefined>;
  /** What is known, else what sipgate's answers tell. */
  find(options?: RequestOptions): Promise<Platform | undefined>;
  remember(platform: Platform): void;
}

export function createPlatformFinder(
  rest: Rest,
  credentials: Credentials,
  configured?: Platform,
): PlatformFinder {
  let remembered: Platform | undefined;
  let asking: Promise<Platform | undefined> | undefined;
  const known = async () => configured ?? remembered ?? (await platformOfToken(credentials));
  return {
    known,
    async find(options) {
      const platform = await known();
      if (platform !== undefined) return platform;
      // Whoever asks while the first still waits shares its answer.
      asking ??= probe(rest, options).finally(() => {
        asking = undefined;
      });
      remembered = await asking;
      return remembered;
    },
    remember(platform) {
      remembered = platform;
    },
  };
}

const probe: (rest: Rest, options?: RequestOptions) => Promise<Platform | undefined> = async (
  rest,
  options,
) => (await import("./probe-platform.js")).probePlatform(rest, options);
