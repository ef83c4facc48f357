import type { Endpoint } from "../phones/behaviour.js";
import type { Timer } from "../timer-heap.js";
import type { CallEnd } from "./end.js";

export type Platform = "classic" | "neo";

/** Where a call stands. Ringing states are skipped where a phone refuses without ringing. */
export type CallState =
  | "accepted"
  | "caller-ringing"
  | "caller-answered"
  | "callee-ringing"
  | "connected"
  | "ended";

export type LegState = "waiting" | "calling" | "ringing" | "answered" | "released";

/** One side of a call. Times are milliseconds since 1970, null where it didn't come to it. */
export interface Leg {
  readonly party: "caller" | "callee";
  /** The number of this side, in E.164 with plus. */
  readonly number: string;
  readonly endpoints: readonly Endpoint[];
  state: LegState;
  answeredBy: Endpoint | null;
  ringingAt: number | null;
  answeredAt: number | null;
  releasedAt: number | null;
}

/** What is needed to place a call, after the REST API has checked it. */
export interface CallOrder {
  readonly platform: Platform;
  readonly account: string;
  readonly masterSipId: string;
  readonly userId: string;
  /** What rings first, as the client named it. */
  readonly caller: string;
  readonly callerNumber: string;
  readonly callerEndpoints: readonly Endpoint[];
  /** E.164 with plus. */
  readonly callee: string;
  readonly callerIdShown: string;
  readonly deviceId: string | null;
  readonly channelId: string | null;
}

/** A call in the switch. */
export interface Call extends CallOrder {
  readonly id: string;
  /** How many calls were placed before. */
  readonly sequence: number;
  readonly placedAt: number;
  readonly callerLeg: Leg;
  readonly calleeLeg: Leg;
  state: CallState;
  readonly history: { readonly state: CallState; readonly at: number }[];
  end: CallEnd | null;
  connectedAt: number | null;
  endedAt: number | null;
  muted: boolean;
  hold: boolean;
  recording: boolean;
  readonly announcements: string[];
  readonly dtmf: string[];
  readonly transfers: { readonly attended: boolean; readonly phoneNumber: string }[];
  /** Timers of the present state; they die with it. */
  timers: Timer[];
}
