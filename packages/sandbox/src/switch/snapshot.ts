import type { Call, CallState, Platform } from "./call.js";
import type { CallEnd } from "./end.js";
import type { Leg, LegState } from "./leg.js";

/** One side of a call when the snapshot was taken. Times are on the sandbox's clock, `undefined` until they come. */
export interface LegSnapshot {
  /** Whose side it is. */
  readonly party: "caller" | "callee";
  /** E.164 with plus. */
  readonly number: string;
  /** The extensions or numbers that this leg rings, all at once. */
  readonly endpoints: readonly string[];
  /** Where it stood. */
  readonly state: LegState;
  /** The one of `endpoints` that answered. */
  readonly answeredBy: string | undefined;
  /** What was pressed at the phone that answered, oldest first: 0-9, A-D, * and #. Simulated phones press nothing. */
  readonly pressed: readonly string[];
  /** When its first phone rang. */
  readonly ringingAt: Date | undefined;
  /** When one was answered. */
  readonly answeredAt: Date | undefined;
  /** When it ended. */
  readonly releasedAt: Date | undefined;
}

/** A placed call when the snapshot was taken. Times are on the sandbox's clock, `undefined` until they come. */
export interface CallSnapshot {
  /** The id that the REST API gave the call. */
  readonly id: string;
  /** The platform of the account. */
  readonly platform: Platform;
  /** The account's id, `masterSipId` in the REST API [official]. */
  readonly account: string;
  /** Who placed it, for instance `w0`. */
  readonly userId: string;
  /** What rings first, as the client named it: an extension or a number. */
  readonly caller: string;
  /** E.164 with plus. */
  readonly callee: string;
  /** The number that the callee sees, in E.164 with plus. */
  readonly callerIdShown: string;
  /** The extension that is billed, for instance `e0`; `undefined` if the client named none. */
  readonly deviceId: string | undefined;
  /** The channel of the call, on neo only [reported]; `undefined` if it has none. */
  readonly channelId: string | undefined;
  /** Where it stood. */
  readonly state: CallState;
  /** All states so far, oldest first. */
  readonly states: readonly { readonly state: CallState; readonly at: Date }[];
  /** The caller's side, then the callee's. */
  readonly legs: readonly LegSnapshot[];
  /** How the call ended; `undefined` while it's running. */
  readonly end: CallEnd | undefined;
  /** Whether the caller is muted. */
  readonly muted: boolean;
  /** Whether it's on hold. */
  readonly hold: boolean;
  /** Whether it's being recorded. */
  readonly recording: boolean;
  /** URLs of the announcements that were started. */
  readonly announcements: readonly string[];
  /** The DTMF sequences that were sent, oldest first. */
  readonly dtmf: readonly string[];
  /** The transfers that were asked for, oldest first. */
  readonly transfers: readonly { readonly attended: boolean; readonly phoneNumber: string }[];
  /** When the request for it came. */
  readonly placedAt: Date;
  /** When both parties had answered. */
  readonly connectedAt: Date | undefined;
  /** When it ended. */
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
