import type { HistoryEntry } from "../history/history-entry.js";
import { booleanFrom, choicesFrom, momentFrom } from "../http/query.js";

export const TYPES = ["CALL", "VOICEMAIL", "SMS", "FAX"];
export const DIRECTIONS = ["INCOMING", "OUTGOING", "MISSED_INCOMING", "MISSED_OUTGOING"];

/** Decodes which entries of the history a query asks for. Throws a Problem if a value is invalid. */
export function historyFilterFrom(query: URLSearchParams): (entry: HistoryEntry) => boolean {
  const types = choicesFrom(query, "types", TYPES);
  const directions = choicesFrom(query, "directions", DIRECTIONS);
  const starred = choicesFrom(query, "starred", ["STARRED", "UNSTARRED"]);
  const archived = booleanFrom(query, "archived");
  const from = momentFrom(query, "from") ?? Number.NEGATIVE_INFINITY;
  const to = momentFrom(query, "to") ?? Number.POSITIVE_INFINITY;
  const phoneNumber = query.get("phonenumber");
  const connectionIds = query.getAll("connectionIds");
  return (entry) =>
    (types?.has("CALL") ?? true) &&
    (directions?.has(entry.direction) ?? true) &&
    (starred?.has(entry.starred ? "STARRED" : "UNSTARRED") ?? true) &&
    entry.archived === archived &&
    entry.createdAt >= from &&
    entry.createdAt <= to &&
    (phoneNumber === null || involves(entry, phoneNumber)) &&
    (connectionIds.length === 0 || connectionIds.includes(entry.extension));
}

/** Whether it's the number of either side, in any spelling. */
export function involves({ source, target }: HistoryEntry, phoneNumber: string): boolean {
  const number = `+${phoneNumber.replaceAll(/\D/g, "")}`;
  return number === target || number === source;
}
