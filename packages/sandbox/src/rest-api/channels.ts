import type { ChannelEvent } from "../assumptions.js";
import { Problem } from "../http/problem.js";
import { integerFrom } from "../http/query.js";
import { ok } from "../http/response.js";
import { type EndedCall, endedCalls } from "./ended-calls.js";
import type { Operation } from "./operation.js";

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
    const ended = endedCalls(request).filter(({ call }) => call.channelId === channelId);
    const items = ended.slice(offset, offset + limit).map((call) => eventOf(call, channelId));
    return ok({ items, totalCount: ended.length });
  },
};

function eventOf(ended: EndedCall, channelId: string): ChannelEvent {
  const { call, direction, status, callStatus, duration } = ended;
  return {
    id: `event-${call.id}`,
    type: "CALL",
    callId: call.id,
    channelId,
    direction,
    source: call.callerIdShown,
    target: call.callee,
    status,
    callStatus,
    created: new Date(ended.createdAt).toISOString(),
    lastModified: new Date(ended.endedAt).toISOString(),
    duration,
  };
}

/** neo's channels. */
export const channelOperations: readonly Operation[] = [listChannels, listEvents];
