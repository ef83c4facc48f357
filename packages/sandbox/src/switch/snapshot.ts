import type { Call, CallState, Platform } from "./call.js";
import type { CallEnd } from "./end.js";
import type { Leg, LegState } from "./leg.js";

/** One side of a call when the snapshot was taken. Times are on the sandbox's clock, `undefined` until they come. */
export interface LegSnapshot {
  readonly party: "caller" | "callee";
  /** E.164 with plus. */
  readonly number: string;
  /** The extensions or numbers that this leg rings, all at once. */
  readonly endpoints: readonly string[];
  readonly state: LegState;
  /** The one of `endpoints` that answered. */
  readonly answeredBy: string | undefined;
  /** What was pressed at the phone that answered, oldest first: 0-9, A-D, * and #. Simulated phones press nothing. */
  readonly pressed: readonly string[];
  readonly ringingAt: Date | undefined;
  readonly answeredAt: Date | undefined;
  readonly releasedAt: Date | undefined;
}

/** A placed call when the snapshot was taken. Times are on the sandbox's clock, `undefined` until they come. */
export interface CallSnapshot {
  readonly id: string;
  readonly platform: Platform;
  readonly account: string;
  readonly userId: string;
  /** What rings first, as the client named it: an extension or a number. */
  readonly caller: string;
  /** E.164 with plus. */
  readonly callee: string;
  /** The number that the callee sees, in E.164 with plus. */
  readonly callerIdShown: string;
  readonly deviceId: string | undefined;
  /** neo: the channel of the call. */
  readonly channelId: string | undefined;
  readonly state: CallState;
  /** All states so far, oldest first. */
  readonly states: readonly { readonly state: CallState; readonly at: Date }[];
  /** The caller's side, then the callee's. */
  readonly legs: readonly LegSnapshot[];
  /** How the call ended; `undefined` while it's running. */
  readonly end: CallEnd | undefined;
  readonly muted: boolean;
  readonly hold: boolean;
  readonly recording: boolean;
  /** URLs of the announcements that were started. */
  readonly announcements: readonly string[];
  readonly dtmf: readonly string[];
  readonly transfers: readonly { readonly attended: boolean; readonly phoneNumber: string }[];
  readonly placedAt: Date;
  readonly connectedAt: Date | undefined;
  readonly endedAt: Date | undefined;
}

export function snapshotOf(call: Call): CallSnapshot {
  return {
    id: call.id,
    platform: call.platform,
    account: call.account,
    userId: call.userId,
    caller: call.caller,
    callee: call.callee,
    callerIdShown: call.callerIdShown,
    deviceId: call.deviceId,
    channelId: call.channelId,
    state: call.state,
    states: call.history.map(({ state, at }) => ({ state, at: new Date(at) })),
    legs: [legSnapshot(call.callerLeg), legSnapshot(call.calleeLeg)],
    end: call.end,
    muted: call.muted,
    hold: call.hold,
    recording: call.recording,
    announcements: [...call.announcements],
    dtmf: [...call.dtmf],
    transfers: [...call.transfers],
    placedAt: new Date(call.placedAt),
    connectedAt: dateOf(call.connectedAt),
    endedAt: dateOf(call.endedAt),
  };
}

function legSnapshot(leg: Leg): LegSnapshot {
  return {
    party: leg.party,
    number: leg.number,
    endpoints: [...new Set(leg.phones.map(({ id }) => id))],
    state: leg.state,
    answeredBy: leg.answeredBy?.id,
    pressed: [...leg.pressed],
    ringingAt: dateOf(leg.ringingAt),
    answeredAt: dateOf(leg.answeredAt),
    releasedAt: dateOf(leg.releasedAt),
  };
}

function dateOf(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
