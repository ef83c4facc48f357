import type { Clock } from "../../call/clock.js";
import type { Platform, RequestOptions } from "../../call/telephony.js";
import type { ApiClient } from "../api/api-client.js";
import { capturedContext } from "../async-context.js";
import { type Credentials, platformOfToken } from "../auth/credentials.js";
import type { HttpResponse } from "../http/http.js";
import type { Trace } from "../http/trace.js";
import type { RecentRead } from "./recent-read.js";
import { SharedProbe } from "./shared-probe.js";

/** Finds out which platform an account is on, and remembers it. */
export interface PlatformFinder {
  /** What is known without a request: as configured, named by the access token, or found earlier. */
  known(options?: RequestOptions): Promise<Platform | undefined>;
  /** What is known, or else what sipgate's responses tell. */
  find(options?: RequestOptions): Promise<Platform | undefined>;
  remember(platform: Platform): void;
  /**
   * Takes it for the platform that an earlier process found. For placing, a supposed classic counts as not known: classic's
   * request finds out by itself.
   */
  suppose(platform: Platform | undefined): void;
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
  channels: RecentRead<HttpResponse>,
): PlatformFinder {
  const inContext = capturedContext();
  let remembered: Platform | undefined;
  let supposed: Platform | undefined;
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
    known: async (options) => (await known(options)) ?? (supposed === "neo" ? supposed : undefined),
    async find(options) {
      const platform = (await known(options)) ?? supposed;
      if (platform !== undefined) return platform;
      asking ??= inContext(
        () =>
          new SharedProbe(clock, api, channels, () => {
            asking = undefined;
          }),
      );
      remembered = await asking.answer(clock, options);
      return found(remembered);
    },
    remember(platform) {
      remembered = found(platform);
    },
    suppose(platform) {
      supposed = platform;
    },
  };
}
