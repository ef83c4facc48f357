// The events of a neo channel. Their shape isn't published: only that ended calls are among them (sipgate's help
// page). Assumed, and to be corrected here by one look at the live service: a list, at the top or under `items`,
// `events` or `data`; an id of the call under one of the names that ids of calls have elsewhere; an outcome in words
// of the history or of pushed events; a duration in seconds. Whatever doesn't fit is passed over, never an error.
import { type CallRecord, causeOfHistory, causeOfPush, type EndCause } from "../call/end-cause.js";

const LISTS = ["items", "events", "data"];
const IDS = ["callId", "sessionId", "callSid", "origCallId", "id"];
const OTHER_OUTCOMES = ["cause", "result", "outcome"];

export function decodeChannelEvents(answer: Readonly<Record<string, unknown>>): CallRecord[] {
  const list = LISTS.map((name) => answer[name]).find(Array.isArray) ?? [];
  return list.flatMap((event: unknown) => (isObject(event) ? recordsOf(event) : []));
}

/** Which of its ids is the call's isn't known, so the event counts for each of them. */
function recordsOf(event: Json): CallRecord[] {
  const words = ["callStatus", "status", ...OTHER_OUTCOMES].map((name) => textOf(event, name));
  const raw = words.find((word) => word !== undefined);
  if (raw === undefined) return [];
  const duration = typeof event.duration === "number" ? event.duration : undefined;
  const end = { cause: causeOf(event), party: undefined, duration, raw };
  const ids = IDS.map((name) => textOf(event, name)).filter((id) => id !== undefined);
  return ids.map((callId) => ({ callId, end }));
}

/** The first cause that any of its words means, in the words of the history or of pushed events. */
function causeOf(event: Json): EndCause {
  const words = OTHER_OUTCOMES.map((name) => textOf(event, name) ?? "");
  const causes = [
    causeOfHistory(textOf(event, "status"), textOf(event, "callStatus")),
    ...words.map(causeOfPush),
    ...words.map((word) => causeOfHistory(word.toUpperCase(), undefined)),
  ];
  return causes.find((cause) => cause !== "unknown") ?? "unknown";
}

type Json = Readonly<Record<string, unknown>>;

function textOf(event: Json, name: string): string | undefined {
  const value = event[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
