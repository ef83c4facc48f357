import type { Endpoint } from "../phones/behaviour.js";
import { behaviourOfNumber } from "../phones/callees.js";
import type { Call, CallOrder, Leg } from "./call.js";
import { callIdFor } from "./call-id.js";

/** A call that was accepted and of which nothing rings yet. */
export function newCall(order: CallOrder, sequence: number, placedAt: number): Call {
  return {
    ...order,
    id: callIdFor(order, placedAt, sequence),
    sequence,
    placedAt,
    callerLeg: newLeg("caller", order.callerNumber, order.callerEndpoints),
    calleeLeg: newLeg("callee", order.callee, [
      { id: order.callee, behaviour: behaviourOfNumber(order.callee) },
    ]),
    state: "accepted",
    history: [{ state: "accepted", at: placedAt }],
    end: null,
    connectedAt: null,
    endedAt: null,
    muted: false,
    hold: false,
    recording: false,
    announcements: [],
    dtmf: [],
    transfers: [],
    timers: [],
  };
}

function newLeg(party: "caller" | "callee", number: string, endpoints: readonly Endpoint[]): Leg {
  return {
    party,
    number,
    endpoints,
    state: "waiting",
    answeredBy: null,
    ringingAt: null,
    answeredAt: null,
    releasedAt: null,
  };
}
