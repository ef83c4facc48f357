import { SMALLEST_HISTORY_PAGE } from "../assumptions.js";
import { booleanFrom, choicesFrom, integerFrom, momentFrom } from "../http/query.js";
import { ok } from "../http/response.js";
import { type EndedCall, endedCalls } from "./ended-calls.js";
import type { Operation } from "./operation.js";

const TYPES = ["CALL", "VOICEMAIL", "SMS", "FAX"];
/** The id of the first entry. Entries have ids of their own, in addition to the `callId`. */
const FIRST_ID = 100_000_000;
const DIRECTIONS = ["INCOMING", "OUTGOING", "MISSED_INCOMING", "MISSED_OUTGOING"];

const listHistory: Operation = {
  method: "GET",
  path: "/v2/history",
  scopes: ["history:read"],
  handle(request) {
    const isWanted = filterFrom(request.query);
    const offset = integerFrom(request.query, "offset", { min: 0, max: 2 ** 31 - 1, fallback: 0 });
    const limit = integerFrom(request.query, "limit", {
      min: SMALLEST_HISTORY_PAGE,
      max: 1_000,
      fallback: 10,
    });
    const calls = request.account.keepsHistory ? endedCalls(request).filter(isWanted) : [];
    return ok({ items: calls.slice(offset, offset + limit).map(entry), totalCount: calls.length });
  },
};

/** Entries of the sandbox's history are neither archived nor starred. */
function filterFrom(query: URLSearchParams): (ended: EndedCall) => boolean {
  const types = choicesFrom(query, "types", TYPES);
  const directions = choicesFrom(query, "directions", DIRECTIONS);
  const starred = choicesFrom(query, "starred", ["STARRED", "UNSTARRED"]);
  const archived = booleanFrom(query, "archived");
  const from = momentFrom(query, "from") ?? Number.NEGATIVE_INFINITY;
  const to = momentFrom(query, "to") ?? Number.POSITIVE_INFINITY;
  const phoneNumber = query.get("phonenumber");
  const connectionIds = query.getAll("connectionIds");
  return (ended) =>
    (types === undefined || types.has("CALL")) &&
    (directions === undefined || directions.has(ended.direction)) &&
    (starred === undefined || starred.has("UNSTARRED")) &&
    !archived &&
    ended.createdAt >= from &&
    ended.createdAt <= to &&
    (phoneNumber === null || involves(ended, phoneNumber)) &&
    (connectionIds.length === 0 || connectionIds.some((id) => connectionsOf(ended).includes(id)));
}

function involves({ call }: EndedCall, phoneNumber: string): boolean {
  const digits = digitsOf(phoneNumber);
  return digits === digitsOf(call.callee) || digits === digitsOf(call.callerIdShown);
}

function digitsOf(number: string): string {
  return number.replaceAll(/\D/g, "");
}

function connectionsOf({ call }: EndedCall): readonly string[] {
  return [call.deviceId ?? call.caller];
}

function entry(ended: EndedCall): object {
  const { call, direction, status, callStatus, duration } = ended;
  const extension = connectionsOf(ended)[0];
  return {
    id: String(FIRST_ID + call.sequence),
    callId: call.id,
    source: call.callerIdShown,
    target: call.callee,
    sourceAlias: "",
    targetAlias: "",
    type: "CALL",
    created: isoSeconds(ended.createdAt),
    lastModified: isoSeconds(ended.endedAt),
    direction,
    incoming: false,
    status,
    callStatus,
    duration,
    connectionIds: [extension],
    read: true,
    archived: false,
    starred: false,
    note: "",
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
