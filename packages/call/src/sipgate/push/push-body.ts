// The body of a pushed event: form fields, in sipgate's words. Source: the Push API's documentation.
import type { PushedEnd, PushedEvent } from "../../call/follow/pushed-event.js";
import { causeOfPush } from "../end-causes.js";

const KINDS: ReadonlyMap<string, PushedEvent["kind"]> = new Map([
  ["newCall", "new-call"],
  ["answer", "answer"],
  ["hangup", "hangup"],
]);

/** Characters of a field: as many as an id may have. */
const LONGEST_FIELD = 1_000;

/** An event of a kind that says nothing about a call's state, such as a key that was pressed. */
export const OTHER_EVENT = Symbol("another event");

/** What a body tells; undefined if it isn't an event. */
export function decodePush(body: string, receivedAt: number): PushedEvent | typeof OTHER_EVENT | undefined {
  const form = new URLSearchParams(body);
  const field = (name: string) => {
    const [value, ...others] = form.getAll(name);
    return others.length === 0 && (value?.length ?? 0) <= LONGEST_FIELD ? value : undefined;
  };
  const event = field("event");
  const callId = field("callId");
  if (!event || !callId) return undefined;
  const kind = KINDS.get(event);
  if (kind === undefined) return OTHER_EVENT;
  const call = {
    callId,
    origCallId: field("origCallId"),
    direction: directionOf(field("direction")),
    from: numberOf(field("from")),
    to: numberOf(field("to")),
    answeringNumber: numberOf(field("answeringNumber")),
    receivedAt,
  };
  return kind === "hangup" ? { ...call, kind, end: endOf(field("cause")) } : { ...call, kind };
}

/**
 * Words that leave the cause open. sipgate says `noAnswer` of a rejected call, but the word alone would also fit an
 * unanswered call. `cancel` is said of calls that were answered, too, and not only of those that the caller gives up
 * (reported).
 */
const AMBIGUOUS: ReadonlySet<string | undefined> = new Set(["noAnswer", "cancel"]);

function endOf(word: string | undefined): PushedEnd {
  const cause = causeOfPush(word ?? "");
  return { cause, isCertain: cause !== "unknown" && !AMBIGUOUS.has(word), raw: word };
}

function directionOf(word: string | undefined): PushedEvent["direction"] {
  return word === "in" || word === "out" ? word : undefined;
}

/** sipgate leaves out the plus, and writes `anonymous` for a number that's withheld. */
function numberOf(text: string | undefined): string | undefined {
  const digits = text?.replace(/^\+/, "");
  return digits !== undefined && /^[1-9]\d{3,14}$/.test(digits) ? `+${digits}` : undefined;
}
