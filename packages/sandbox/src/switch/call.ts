import type { CancelTimer } from "../clock.js";
import type { Conversation } from "../phones/media.js";
import type { Phone } from "../phones/phone.js";
import type { CallEnd } from "./end.js";
import type { Leg } from "./leg.js";
import type { Owner } from "./owner.js";

/** The two platforms of sipgate [official]. */
export type Platform = "classic" | "neo";

/** Where a call stands. A ringing state is skipped if no phone of that leg rings. */
export type CallState =
  | "accepted"
  | "caller-ringing"
  | "caller-answered"
  | "callee-ringing"
  | "connected"
  | "ended";

/** What it takes to place a call, after the REST API has checked it. */
export interface CallRequest extends Owner {
  readonly platform: Platform;
  readonly masterSipId: string;
  /** What rings first, as the client named it. */
  readonly caller: string;
  /** E.164 with plus. */
  readonly callerNumber: string;
  readonly callerPhones: readonly Phone[];
  /** E.164 with plus. */
  readonly callee: string;
  readonly calleePhones: readonly Phone[];
  /** The number that the callee sees, in E.164 with plus. */
  readonly callerIdShown: string;
  readonly deviceId: string | undefined;
  readonly channelId: string | undefined;
}

/** A call in the switch. */
export interface Call extends CallRequest {
  readonly id: string;
  /** The id of the call that this one comes from by a transfer; else its own. */
  readonly originalId: string;
  /** How many calls were placed before. */
  readonly sequence: number;
  readonly placedAt: number;
  readonly callerLeg: Leg;
  readonly calleeLeg: Leg;
  state: CallState;
  /** The audio of both parties, while they're connected. */
  conversation: Conversation | undefined;
  readonly history: { readonly state: CallState; readonly at: number }[];
  end: CallEnd | undefined;
  connectedAt: number | undefined;
  endedAt: number | undefined;
  muted: boolean;
  hold: boolean;
  recording: boolean;
  /** The ids of what was recorded. */
  readonly recordings: string[];
  readonly announcements: string[];
  readonly dtmf: string[];
  readonly transfers: { readonly attended: boolean; readonly phoneNumber: string }[];
  /** Cancels the timer that leads to the next state, if there is one. */
  cancelTimer: CancelTimer | undefined;
}
