import {
  type CallStatus,
  HISTORY_DELAY_MS,
  type HistoryStatus,
  historyDirection,
  historyStatus,
} from "../assumptions.js";
import type { Call } from "../switch/call.js";
import type { ApiRequest } from "./operation.js";

/** An ended call, as both the history and the channel events show it. */
export interface EndedCall {
  readonly call: Call;
  readonly direction: "OUTGOING" | "MISSED_OUTGOING";
  readonly status: HistoryStatus;
  readonly callStatus: CallStatus;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly endedAt: number;
  /** From the callee's answer to the end, in whole seconds. */
  readonly duration: number;
}

/** This user's calls that ended long enough ago to be listed, newest first. */
export function endedCalls({ account, user, switch: telephony, clock }: ApiRequest): EndedCall[] {
  const listed: EndedCall[] = [];
  for (const call of telephony.calls()) {
    if (call.account !== account.name || call.userId !== user.id) continue;
    if (call.endedAt === undefined || call.end === undefined) continue;
    if (call.endedAt + HISTORY_DELAY_MS > clock.now) continue;
    listed.push({
      call,
      direction: historyDirection(call),
      ...historyStatus(call.end),
      createdAt: call.placedAt,
      endedAt: call.endedAt,
      duration: call.connectedAt === undefined ? 0 : Math.round((call.endedAt - call.connectedAt) / 1_000),
    });
  }
  return listed.reverse();
}
