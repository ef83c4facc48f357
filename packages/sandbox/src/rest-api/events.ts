import type { HistoryEntry } from "../history/history-entry.js";
import { pageOf } from "../history/page.js";
import { choicesFrom, integerFrom, momentFrom } from "../http/query.js";
import { ok } from "../http/response.js";
import { channelEventOf } from "./channels.js";
import { DIRECTIONS, involves, TYPES } from "./history-filter.js";
import { type Operation, ownerOf } from "./operation.js";

const listEvents: Operation = {
  method: "GET",
  path: "/v3/events",
  scopes: ["events:read"],
  handle(request) {
    const isWanted = filterFrom(request.query);
    const offset = integerFrom(request.query, "offset", { min: 0, max: 2 ** 31 - 1, fallback: 0 });
    const limit = integerFrom(request.query, "limit", { min: 1, max: 1_000, fallback: 10 });
    const { items, totalCount } = pageOf(request.history.listed(ownerOf(request)), offset, limit, isWanted);
    return ok({ items: items.map(channelEventOf), totalCount });
  },
};

function filterFrom(query: URLSearchParams): (entry: HistoryEntry) => boolean {
  const types = choicesFrom(query, "types", TYPES);
  const directions = choicesFrom(query, "directions", DIRECTIONS);
  const status = choicesFrom(query, "status", ["SUCCESS", "FAILURE"]);
  const from = momentFrom(query, "from") ?? Number.NEGATIVE_INFINITY;
  const to = momentFrom(query, "to") ?? Number.POSITIVE_INFINITY;
  const phoneNumber = query.get("phonenumber");
  return (entry) =>
    (types?.has("CALL") ?? true) &&
    (directions?.has(entry.direction) ?? true) &&
    (status?.has(entry.callStatus === "SUCCESS" ? "SUCCESS" : "FAILURE") ?? true) &&
    entry.createdAt >= from &&
    entry.createdAt <= to &&
    (phoneNumber === null || involves(entry, phoneNumber));
}

/** The events of v3, on both platforms. */
export const eventOperations: readonly Operation[] = [listEvents];
