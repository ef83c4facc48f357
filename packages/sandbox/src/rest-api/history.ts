import { SMALLEST_HISTORY_PAGE } from "../assumptions.js";
import type { HistoryEntry } from "../history/history-entry.js";
import { type Page, pageOf } from "../history/page.js";
import { booleanFrom, choicesFrom, integerFrom, momentFrom } from "../http/query.js";
import { ok } from "../http/response.js";
import { type ApiRequest, type Operation, ownerOf } from "./operation.js";

const TYPES = ["CALL", "VOICEMAIL", "SMS", "FAX"];
const DIRECTIONS = ["INCOMING", "OUTGOING", "MISSED_INCOMING", "MISSED_OUTGOING"];

const listHistory: Operation = {
  method: "GET",
  path: "/v2/history",
  scopes: ["history:read"],
  handle(request) {
    const { items, totalCount } = historyPage(request);
    return ok({ items: items.map(entryBody), totalCount });
  },
};

function historyPage(request: ApiRequest): Page<HistoryEntry> {
  const isWanted = filterFrom(request.query);
  const offset = integerFrom(request.query, "offset", { min: 0, max: 2 ** 31 - 1, fallback: 0 });
  const limit = integerFrom(request.query, "limit", {
    min: SMALLEST_HISTORY_PAGE,
    max: 1_000,
    fallback: 10,
  });
  return pageOf(ownEntries(request), offset, limit, isWanted);
}

function ownEntries(request: ApiRequest): Iterable<HistoryEntry> {
  return request.account.keepsHistory ? request.history.listed(ownerOf(request)) : [];
}

function filterFrom(query: URLSearchParams): (entry: HistoryEntry) => boolean {
  const types = choicesFrom(query, "types", TYPES);
  const directions = choicesFrom(query, "directions", DIRECTIONS);
  const starred = choicesFrom(query, "starred", ["STARRED", "UNSTARRED"]);
  const archived = booleanFrom(query, "archived");
  const from = momentFrom(query, "from") ?? Number.NEGATIVE_INFINITY;
  const to = momentFrom(query, "to") ?? Number.POSITIVE_INFINITY;
  const phoneNumber = query.get("phonenumber");
  const digits = phoneNumber === null ? undefined : `+${phoneNumber.replaceAll(/\D/g, "")}`;
  const connectionIds = query.getAll("connectionIds");
  return (entry) =>
    !entry.deleted &&
    (types === undefined || types.has("CALL")) &&
    (directions === undefined || directions.has(entry.direction)) &&
    (starred === undefined || starred.has(entry.starred ? "STARRED" : "UNSTARRED")) &&
    entry.archived === archived &&
    entry.createdAt >= from &&
    entry.createdAt <= to &&
    (digits === undefined || digits === entry.target || digits === entry.source) &&
    (connectionIds.length === 0 || connectionIds.includes(entry.extension));
}

function entryBody(entry: HistoryEntry): object {
  const { id, callId, source, target, extension, direction, status, callStatus, duration } = entry;
  const { read, archived, starred, note } = entry;
  return {
    id,
    callId,
    source,
    target,
    sourceAlias: "",
    targetAlias: "",
    type: "CALL",
    created: isoSeconds(entry.createdAt),
    lastModified: isoSeconds(entry.lastModifiedAt),
    direction,
    incoming: false,
    status,
    callStatus,
    duration,
    connectionIds: [extension],
    read,
    archived,
    starred,
    note,
    labels: [],
    endpoints: [{ type: "ROUTED", endpoint: { extension, type: "REGISTER" } }],
    recordings: [],
  };
}

/** UTC in whole seconds, as in sipgate's examples. */
function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** Past calls. */
export const historyOperations: readonly Operation[] = [listHistory];
