// Where a call whose answer was lost can be seen: among the running calls, and in the history or the channels' events.
import type { CallLookup } from "../../call/place/search-call.js";
import { readChannels } from "../api/account.js";
import type { ApiClient } from "../api/api-client.js";
import { decodePastEvents, readChannelEvents } from "../api/channel-events.js";
import { readCalls } from "../api/running-calls.js";
import { decodePastCalls } from "../api/wire.js";
import type { PlatformFinder } from "./platform-finder.js";

// Newest first, as sipgate lists them: so many calls don't begin while one order's answer is waited for.
const LATEST = "/history?types=CALL&limit=50";

export function createCallLookup(api: ApiClient, finder: PlatformFinder): CallLookup {
  return {
    running: (options) => readCalls(api, options),
    async recent(options) {
      if ((await finder.known()) === "neo") {
        const channels = await readChannels(api, options);
        const events = await Promise.all(
          channels.map(({ id }) =>
            readChannelEvents(api, id, (answer, { date }) => dated(decodePastEvents(answer), date), options),
          ),
        );
        return { calls: events.flatMap(({ calls }) => calls), now: events[0]?.now ?? Date.now() };
      }
      const request = {
        method: "GET",
        path: LATEST,
        purpose: "show the call history",
        scope: "history:read",
      } as const;
      return api.read(request, (answer, { date }) => dated(decodePastCalls(answer), date), options);
    },
  };
}

/** sipgate's own time, where its answer tells it; browsers don't show that header. */
function dated<T>(calls: T, date: string | undefined): { calls: T; now: number } {
  const now = Date.parse(date ?? "");
  return { calls, now: Number.isNaN(now) ? Date.now() : now };
}
