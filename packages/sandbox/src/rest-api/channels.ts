import type { ChannelEvent } from "../assumptions.js";
import type { HistoryEntry } from "../history/history-entry.js";
import { pageOf } from "../history/page.js";
import { Problem } from "../http/problem.js";
import { integerFrom } from "../http/query.js";
import { ok } from "../http/response.js";
import { type Operation, ownerOf } from "./operation.js";

const listChannels: Operation = {
  method: "GET",
  path: "/v2/channels",
  scopes: ["channels:read"],
  platform: "neo",
  handle: ({ account }) => ok({ items: account.channels }),
};

const listEvents: Operation = {
  method: "GET",
  path: "/v2/channels/{channelId}/events",
  scopes: ["channels:read"],
  platform: "neo",
  handle(request) {
    const channelId = request.parameters[0] ?? "";
    if (!request.account.channels.some(({ id }) => id === channelId)) {
      throw new Problem(404, "Channel not found.");
    }
    const offset = integerFrom(request.query, "offset", { min: 0, max: 2 ** 31 - 1, fallback: 0 });
    const limit = integerFrom(request.query, "limit", { min: 1, max: 1_000, fallback: 10 });
    const ended = request.history.listed(ownerOf(request));
    const { items, totalCount } = pageOf(ended, offset, limit, (entry) => entry.channelId === channelId);
    return ok({ items: items.map((entry) => eventOf(entry, channelId)), totalCount });
  },
};

function eventOf(entry: HistoryEntry, channelId: string): ChannelEvent {
  const { callId, source, target, direction, status, callStatus, duration } = entry;
  return {
    id: `event-${callId}`,
    type: "CALL",
    callId,
    channelId,
    direction,
    source,
    target,
    status,
    callStatus,
    created: new Date(entry.createdAt).toISOString(),
    lastModified: new Date(entry.endedAt).toISOString(),
    duration,
  };
}

/** neo's channels. */
export const channelOperations: readonly Operation[] = [listChannels, listEvents];
