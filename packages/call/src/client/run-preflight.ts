import type { CheckedCallRequest } from "../call/call-request.js";
import type { Clock } from "../call/clock.js";
import type { InvalidRequestError } from "../call/errors.js";
import { type Preflight, type PreflightScope, preflight } from "../call/preflight/preflight.js";
import type { RequestOptions, Telephony } from "../call/telephony.js";
import { channelsIn } from "../sipgate/api/account.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import { readRecords } from "../sipgate/api/call-log.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";
import { preflightRules } from "../sipgate/platform/preflight-rules.js";
import type { RecentReads } from "../sipgate/platform/recent-read.js";
import type { Reads } from "./reads.js";

/** What a client reads, and how. */
export interface PreflightSources {
  readonly clock: Clock;
  readonly api: ApiClient;
  readonly finder: PlatformFinder;
  readonly reads: Reads;
  readonly recent: RecentReads;
}

/** @param request the checked request, or what is wrong with it: that's a result, too */
export function runPreflight(
  sources: PreflightSources,
  scope: PreflightScope,
  request: CheckedCallRequest | InvalidRequestError,
  options?: RequestOptions,
): Promise<Preflight> {
  return preflight(sources.clock, sourceOf(sources), preflightRules, scope, request, options);
}

/** What a preflight reads. What was read within the last seconds isn't asked for again. */
function sourceOf({ api, finder, reads, recent }: PreflightSources) {
  return {
    ...reads,
    whoami: (options?: RequestOptions) => recent.user.recent(options),
    devices: (options?: RequestOptions) => recent.devices.recent(options),
    balance: (options?: RequestOptions) => recent.balance.recent(options),
    callRestrictions: (options?: RequestOptions) => recent.restrictions.recent(options),
    channels: async (options?: RequestOptions) => channelsIn(api, await recent.channels.recent(options)),
    records: async (...[query, options]: Parameters<Telephony["records"]>) =>
      readRecords(api, await finder.find(options), query, options),
  };
}
