import type { Clock } from "../clock.js";
import type { Call, CallRequest } from "./call.js";
import { callIdFor } from "./call-id.js";
import { Leg } from "./leg.js";

/**
 * A call that was accepted. No phone rings yet.
 *
 * @param original the call that it comes from by a transfer
 */
export function newCall(request: CallRequest, sequence: number, clock: Clock, original?: Call): Call {
  const placedAt = clock.now;
  const id = callIdFor(request, placedAt, sequence);
  return {
    ...request,
    id,
    originalId: original?.originalId ?? id,
    sequence,
    placedAt,
    callerLeg: new Leg("caller", request.callerNumber, request.callerPhones, clock),
    calleeLeg: new Leg("callee", request.callee, request.calleePhones, clock),
    state: "accepted",
    conversation: undefined,
    history: [{ state: "accepted", at: placedAt }],
    end: undefined,
    connectedAt: undefined,
    endedAt: undefined,
    muted: false,
    hold: false,
    recording: false,
    recordings: [],
    announcements: [],
    dtmf: [],
    transfers: [],
    cancelTimer: undefined,
  };
}
