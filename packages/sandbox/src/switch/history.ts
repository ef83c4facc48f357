import type { Account } from "../accounts/accounts.js";
import type { Clock } from "../clock.js";
import { type ChannelEvent, HISTORY_DELAY } from "../guesses.js";
import { type Call, type Cause, duration } from "./call.js";

/** An entry of `/history`, in sipgate's words. */
export interface HistoryEntry {
  readonly id: string;
  readonly callId: string;
  readonly source: string;
  readonly target: string;
  readonly sourceAlias: string;
  readonly targetAlias: string;
  readonly type: "CALL";
  readonly created: string;
  readonly lastModified: string;
  readonly direction: "OUTGOING" | "MISSED_OUTGOING";
  readonly incoming: false;
  readonly status: "NOPICKUP" | "BUSY" | "PICKUP" | "FORWARD";
  readonly callStatus: "SUCCESS" | "FAILURE" | "REJECTED" | "REJECTED_DND" | "BUSY" | "MISSED";
  /** Seconds. */
  readonly duration: number;
  readonly endpoints: readonly { type: string; endpoint: { extension: string; type: string } }[];
  readonly recordings: readonly never[];
  readonly connectionIds: readonly string[];
  readonly labels: readonly string[];
  readonly note: string;
  readonly read: boolean;
  readonly archived: boolean;
  readonly starred: boolean;
}

const STATUS: Readonly<Record<Cause, readonly [HistoryEntry["status"], HistoryEntry["callStatus"]]>> = {
  completed: ["PICKUP", "SUCCESS"],
  "insufficient-funds": ["PICKUP", "SUCCESS"],
  busy: ["BUSY", "BUSY"],
  rejected: ["NOPICKUP", "REJECTED"],
  blocked: ["NOPICKUP", "REJECTED"],
  "no-answer": ["NOPICKUP", "MISSED"],
  canceled: ["NOPICKUP", "MISSED"],
  "not-found": ["NOPICKUP", "FAILURE"],
  unreachable: ["NOPICKUP", "FAILURE"],
  forwarded: ["FORWARD", "SUCCESS"],
};

/** Calls that have ended: classic's history and the events of neo's channels. New neo customers have no history. */
export class History {
  readonly #clock: Clock;
  readonly #ended: Call[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes up a call that has just ended; it shows a little later. */
  add(call: Call): void {
    this.#clock.schedule(HISTORY_DELAY, () => this.#ended.push(call));
  }

  /** Newest first. */
  entries(account: Account): HistoryEntry[] {
    if (account.tenant.platform === "neo") return [];
    return this.#of(account).map(historyEntry);
  }

  /** Newest first. */
  events(account: Account, channelId: string): ChannelEvent[] {
    return this.#of(account)
      .filter((call) => call.channelId === channelId)
      .map(channelEvent);
  }

  #of({ tenant }: Account): Call[] {
    return this.#ended
      .filter(({ account }) => account.tenant.masterSipId === tenant.masterSipId)
      .toReversed();
  }
}

function historyEntry(call: Call): HistoryEntry {
  const { id, callId, created, ended } = common(call);
  const [status, callStatus] = STATUS[call.end?.cause ?? "unreachable"];
  return {
    id,
    callId,
    source: call.callerId,
    target: call.callee,
    sourceAlias: "",
    targetAlias: "",
    type: "CALL",
    created,
    lastModified: ended,
    direction: call.connectedAt === undefined ? "MISSED_OUTGOING" : "OUTGOING",
    incoming: false,
    status,
    callStatus,
    duration: duration(call),
    endpoints: [{ type: "ROUTED", endpoint: { extension: call.caller, type: "REGISTER" } }],
    recordings: [],
    connectionIds: [call.caller],
    labels: [],
    note: "",
    read: true,
    archived: false,
    starred: false,
  };
}

function channelEvent(call: Call): ChannelEvent {
  const { id, callId, created, ended } = common(call);
  const cause = call.end?.cause ?? "unreachable";
  return {
    id,
    type: "CALL",
    callId,
    direction: "OUTGOING",
    source: call.callerId,
    target: call.callee,
    status: STATUS[cause][1],
    cause,
    startedAt: created,
    answeredAt: call.connectedAt?.toISOString() ?? null,
    endedAt: ended,
    duration: duration(call),
  };
}

function common(call: Call): { id: string; callId: string; created: string; ended: string } {
  const ended = (call.endedAt ?? call.placedAt).toISOString();
  return { id: call.id.slice(-12), callId: call.id, created: call.placedAt.toISOString(), ended };
}
