import { type CallStatus, type HistoryStatus, historyDirection, historyStatus } from "../assumptions.js";
import type { Call } from "../switch/call.js";

/** The id of the first entry. Entries have ids of their own, in addition to the `callId`. */
const FIRST_ID = 100_000_000;

/**
 * An ended call, as the history, neo's channel events and the events of v3 show it. It doesn't hold on to the call,
 * which takes ten times the memory.
 */
export interface HistoryEntry {
  /** How many calls were placed before. */
  readonly sequence: number;
  readonly id: string;
  readonly callId: string;
  /** The number that the callee saw, in E.164 with plus. */
  readonly source: string;
  /** The number that was called, in E.164 with plus. */
  readonly target: string;
  /** The extension that the call was made with. */
  readonly extension: string;
  readonly channelId: string | undefined;
  readonly direction: "OUTGOING" | "MISSED_OUTGOING";
  readonly status: HistoryStatus;
  readonly callStatus: CallStatus;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly endedAt: number;
  /** From the callee's answer to the end, in whole seconds. */
  readonly duration: number;
  /** The ids of what was recorded. */
  readonly recordings: readonly string[];
  /** When a client changed it last; at first, when the call ended. */
  lastModifiedAt: number;
  note: string;
  read: boolean;
  starred: boolean;
  archived: boolean;
  /** Whether it was deleted from the history. It remains an event. */
  deleted: boolean;
}

/** The entry of an ended call; `undefined` while the call is running. */
export function historyEntryOf(call: Call): HistoryEntry | undefined {
  const { sequence, id: callId, end, endedAt, connectedAt } = call;
  if (end === undefined || endedAt === undefined) return undefined;
  return {
    sequence,
    id: String(FIRST_ID + sequence),
    callId,
    source: call.callerIdShown,
    target: call.callee,
    extension: call.deviceId ?? call.caller,
    channelId: call.channelId,
    direction: historyDirection(call),
    ...historyStatus(end),
    createdAt: call.placedAt,
    endedAt,
    duration: connectedAt === undefined ? 0 : Math.round((endedAt - connectedAt) / 1_000),
    recordings: call.recordings,
    lastModifiedAt: endedAt,
    note: "",
    read: true,
    starred: false,
    archived: false,
    deleted: false,
  };
}
