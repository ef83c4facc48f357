import type { Platform } from "../call/telephony.js";
import { type Credentials, platformOfToken } from "./credentials.js";
import type { Rest } from "./rest.js";

/** Finds out which platform an account is on, and remembers it. */
export interface PlatformFinder {
  /** What is known without a request: as configured, named by the access token, or found earlier. */
  known(): Promise<Platform | undefined>;
  /** What is known, else what sipgate's answers tell. */
  find(): Promise<Platform | undefined>;
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
    async find() {
      const platform = await known();
      if (platform !== undefined) return platform;
      // Whoever asks while the first still waits shares its answer, so that nobody's signal ends it.
      asking ??= probe(rest).finally(() => {
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

const probe = async (rest: Rest): Promise<Platform | undefined> =>
  (await import("./probe-platform.js")).probePlatform(rest);
