import type { Clock } from "../../call/clock.js";
import type { Platform, RequestOptions } from "../../call/telephony.js";
import type { ApiClient } from "../api/api-client.js";
import { capturedContext } from "../async-context.js";
import { type Credentials, platformOfToken } from "../auth/credentials.js";
import type { Trace } from "../http/trace.js";
import { SharedProbe } from "./shared-probe.js";

/** Finds out which platform an account is on, and remembers it. */
export interface PlatformFinder {
  /** What is known without a request: as configured, named by the access token, or found earlier. */
  known(options?: RequestOptions): Promise<Platform | undefined>;
  /** What is known, or else what sipgate's responses tell. */
  find(options?: RequestOptions): Promise<Platform | undefined>;
  remember(platform: Platform): void;
}

export interface PlatformSettings {
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** Milliseconds for each request. */
  readonly timeoutMs: number;
  /** `undefined`: it has to be found out. */
  readonly platform: Platform | undefined;
  readonly trace: Trace | undefined;
}

export function createPlatformFinder(
  api: ApiClient,
  { clock, credentials, timeoutMs, platform: configured, trace }: PlatformSettings,
): PlatformFinder {
  const inContext = capturedContext();
  let remembered: Platform | undefined;
  let asking: SharedProbe | undefined;
  let told: Platform | undefined;
  const found = (platform: Platform | undefined) => {
    if (platform !== undefined && platform !== told) trace?.({ kind: "platform", platform });
    told = platform;
    return platform;
  };
  const limitsOf = (options: RequestOptions | undefined) => ({
    clock,
    timeout: options?.timeoutMs ?? timeoutMs,
    signal: options?.signal,
  });
  const known = async (options?: RequestOptions) =>
    found(configured ?? remembered ?? (await platformOfToken(credentials, limitsOf(options))));
  return {
    known,
    async find(options) {
      const platform = await known(options);
      if (platform !== undefined) return platform;
      asking ??= inContext(
        () =>
          new SharedProbe(api, () => {
            asking = undefined;
          }),
      );
      remembered = await asking.answer(clock, options);
      return found(remembered);
    },
    remember(platform) {
      remembered = found(platform);
    },
  };
}
