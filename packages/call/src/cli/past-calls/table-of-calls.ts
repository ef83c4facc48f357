// Past calls for people.
import type { EndCause } from "../../call/end-cause.js";
import type { PastCall } from "../../call/telephony.js";
import { readableNumbers } from "../readable-number.js";
import { minutesAndSeconds } from "../terminal/minutes-and-seconds.js";
import type { Output } from "../terminal/output.js";
import { personTime, type Zone } from "../terminal/person-time.js";
import { type Column, startTable } from "../terminal/table.js";
import type { CallWriter } from "./call-writer.js";

/** Rows that are shown at once: the first of them decide how wide the columns are. */
const AT_ONCE = 100;

export async function tableWriter(output: Output, zone: Zone): Promise<CallWriter> {
  const readable = await readableNumbers();
  const show = startTable(output, columnsFor(zone, readable));
  let waiting: PastCall[] = [];
  const flush = () => {
    show(waiting);
    waiting = [];
  };
  return {
    write(call) {
      waiting.push(call);
      if (waiting.length === AT_ONCE) flush();
    },
    end: flush,
  };
}

function columnsFor(zone: Zone, readable: (text: string) => string): readonly Column<PastCall>[] {
  const now = new Date();
  return [
    { heading: zone === undefined ? "WHEN" : `WHEN (${zone})`, cell: (call) => when(call, zone, now) },
    { heading: "WITH", cell: (call) => otherParty(call, readable), givesWay: 2 },
    { heading: "OUTCOME", cell: outcomeOf, givesWay: 1, wraps: true, second: true },
    { heading: "LENGTH", cell: lengthOf, second: true },
  ];
}

function when({ startedAt }: PastCall, zone: Zone, now: Date): string {
  const started = new Date(startedAt ?? Number.NaN);
  return Number.isNaN(started.getTime()) ? (startedAt ?? "unknown") : personTime(started, zone, now);
}

const isIncoming = ({ direction = "" }: PastCall) => direction.endsWith("INCOMING");

function otherParty(call: PastCall, readable: (text: string) => string): string {
  const { source, target } = call;
  const other = (isIncoming(call) ? source : target) || "withheld number";
  return isIncoming(call) ? `from ${readable(other)}` : readable(other);
}

const OUTCOMES: Readonly<Record<EndCause, string>> = {
  completed: "connected",
  busy: "busy",
  "no-answer": "not answered",
  rejected: "rejected",
  canceled: "canceled before an answer",
  "not-found": "not found",
  unreachable: "not reachable",
  forwarded: "forwarded",
  blocked: "blocked",
  "insufficient-funds": "cut off: balance used up",
  unknown: "unknown",
};

/** Words for the end; if sipgate doesn't tell it, for the direction. */
function outcomeOf(call: PastCall): string {
  const { end, direction = "" } = call;
  if (end.cause === "no-answer" && end.party === "caller" && !isIncoming(call))
    return "own phone not answered";
  if (end.cause !== "unknown") return OUTCOMES[end.cause];
  if (!direction.startsWith("MISSED_")) return OUTCOMES.unknown;
  return isIncoming(call) ? "missed" : "not connected";
}

function lengthOf({ end }: PastCall): string {
  return end.durationSeconds ? minutesAndSeconds(end.durationSeconds) : "";
}
