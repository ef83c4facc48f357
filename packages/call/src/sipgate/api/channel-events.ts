// The events of a neo channel. Their shape isn't published: only that ended calls are among them (sipgate's
// help page). Assumed, and to be corrected here by one observation of the live service: there is a list, at the top
// or under `items`, `events` or `data`. An event has an id of the call, under one of the names that it has elsewhere,
// an outcome in words of the history or of pushed events, and a duration in seconds. Further pages come by `offset`
// and `limit`, as `/v3/events` has them (sipgate's documentation of what is experimental), and `totalCount` tells how
// many events there are. What doesn't fit is skipped, never an error: a server that gives the same page again has only that one.
import type { CallEnd, CallRecord, EndCause } from "../../call/end-cause.js";
import type { PastCall } from "../../call/telephony.js";
import { causeOfHistory, causeOfPush } from "../end-causes.js";
import { LONGEST_TEXT, optionalCount } from "../http/json.js";

const LISTS = ["items", "events", "data"];
const IDS = ["callId", "sessionId", "callSid", "id"];
const OTHER_OUTCOMES = ["cause", "result", "outcome"];

const SOURCES = ["source", "from", "caller"];
const TARGETS = ["target", "to", "callee"];
const STARTS = ["created", "startedAt", "timestamp", "date"];

/**
 * Ended calls among a channel's events. Which of an event's ids is the call's isn't known, so it counts for
 * each; but not for the call that it came from, which ends separately. A word that means no end, such as
 * ringing, doesn't count.
 */
export function decodeChannelEvents(answer: Json): CallRecord[] {
  return objectsIn(answer).flatMap((event) => {
    const end = endOf(event);
    const ids = IDS.map((name) => textOf(event, name)).filter((id) => id !== undefined);
    return end === undefined || end.cause === "unknown" ? [] : ids.map((callId) => ({ callId, end }));
  });
}

/** The same events as calls of the past, newest as they come. */
export function decodePastEvents(answer: Json): PastCall[] {
  return objectsIn(answer).flatMap((event) => {
    const end = endOf(event);
    const first = (names: readonly string[]) =>
      names.map((name) => textOf(event, name)).find((text) => text !== undefined);
    if (end === undefined) return [];
    const direction = textOf(event, "direction");
    return [
      {
        callId: first(IDS),
        source: first(SOURCES),
        target: first(TARGETS),
        direction,
        startedAt: first(STARTS),
        extensions: [],
        end,
      },
    ];
  });
}

/** The events as they came, whatever they are. */
export function eventsIn(answer: Json): unknown[] {
  return LISTS.map((name) => answer[name]).find(Array.isArray) ?? [];
}

function objectsIn(answer: Json): Json[] {
  return eventsIn(answer).filter(isObject);
}

/** How an event's call ended; undefined if nothing in it says so. */
function endOf(event: Json): CallEnd | undefined {
  const words = ["callStatus", "status", ...OTHER_OUTCOMES].map((name) => textOf(event, name));
  const raw = words.find((word) => word !== undefined);
  if (raw === undefined) return undefined;
  return { cause: causeOf(event), party: undefined, durationSeconds: optionalCount(event, "duration"), raw };
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
  return typeof value === "string" && value !== "" && value.length <= LONGEST_TEXT ? value : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
