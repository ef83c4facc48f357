// Finds a call whose response was lost: among the running calls, and in the history or the channels' events.
import type { CallLookup } from "../../call/place/search-call.js";
import type { ApiClient } from "../api/api-client.js";
import { readRecentCalls } from "../api/call-log.js";
import { readCalls } from "../api/running-calls.js";
import type { PlatformFinder } from "./platform-finder.js";

export function createCallLookup(api: ApiClient, finder: PlatformFinder): CallLookup {
  return {
    running: (options) => readCalls(api, options),
    async recent(options) {
      const { items, now } = await readRecentCalls(api, await finder.known(), options);
      return { calls: items, now };
    },
  };
}
