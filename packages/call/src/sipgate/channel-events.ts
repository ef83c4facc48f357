// The events of a neo channel. Their shape isn't published: only that ended calls are among them (sipgate's help
// page). Assumed, and to be corrected here by one look at the live service: a list, at the top or under `items`,
// `events` or `data`; an id of the call under one of the names that ids of calls have elsewhere; an outcome in words
// of the history or of pushed events; a duration in seconds. Whatever doesn't fit is passed over, never an error.
import { type CallRecord, causeOfHistory, causeOfPush, type EndCause } from "../call/end-cause.js";

const LISTS = ["items", "events", "data"];
const IDS = ["callId", "sessionId", "callSid", "origCallId", "id"];
const OUTCOMES = ["cause", "callStatus", "status", "result", "outcome"];

export function decodeChannelEvents(answer: Readonly<Record<string, unknown>>): CallRecord[] {
  const list = LISTS.map((name) => answer[name]).find(Array.isArray) ?? [];
  return list.flatMap((event: unknown) => (isObject(event) ? recordsOf(event) : []));
}

/** Which of its ids is the call's isn't known, so the event counts for each of them. */
function recordsOf(event: Readonly<Record<string, unknown>>): CallRecord[] {
  const words = OUTCOMES.map((name) => event[name]).filter((word) => typeof word === "string");
  const cause = outcome(words);
  if (words.length === 0) return [];
  const duration = typeof event.duration === "number" ? event.duration : undefined;
  const end = { cause, party: undefined, duration, raw: words[0] };
  const ids = IDS.map((name) => event[name]).filter((id) => typeof id === "string" && id !== "");
  return ids.map((callId) => ({ callId: String(callId), end }));
}

function outcome(words: readonly string[]): EndCause {
  const causes = words.map((word) => {
    const pushed = causeOfPush(word);
    return pushed === "unknown" ? causeOfHistory(word.toUpperCase(), undefined) : pushed;
  });
  return causes.find((cause) => cause !== "unknown") ?? "unknown";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
