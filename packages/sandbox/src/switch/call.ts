import type { Account } from "../accounts/accounts.js";

/** Whose doing it was that a call ended. */
export type Party = "caller" | "callee" | "network" | "client";

export type Cause =
  | "completed"
  | "busy"
  | "no-answer"
  | "rejected"
  | "canceled"
  | "not-found"
  | "unreachable"
  | "forwarded"
  | "blocked"
  | "insufficient-funds";

export type CallState =
  | "accepted"
  | "caller-ringing"
  | "caller-answered"
  | "callee-ringing"
  | "connected"
  | "ended";

/** A call, as it really is: what a test holds a client's account of it against. */
export interface Call {
  /** sipgate's `sessionId` and `callId`. */
  readonly id: string;
  readonly account: Account;
  /** What rang first: an extension or a number. */
  readonly caller: string;
  /** The number at which the caller takes part. */
  readonly callerNumber: string;
  callee: string;
  /** The number that the callee is shown. */
  readonly callerId: string;
  readonly deviceId: string | undefined;
  readonly channelId: string | undefined;
  state: CallState;
  end: { party: Party; cause: Cause } | undefined;
  readonly placedAt: Date;
  connectedAt: Date | undefined;
  endedAt: Date | undefined;
  muted: boolean;
  hold: boolean;
  recording: boolean;
  /** DTMF sequences sent, in order. */
  readonly dtmf: string[];
  /** URLs of announcements played, in order. */
  readonly announcements: string[];
}

/** Seconds that caller and callee talked. */
export function duration({ connectedAt, endedAt }: Call): number {
  if (connectedAt === undefined || endedAt === undefined) return 0;
  return Math.round((endedAt.getTime() - connectedAt.getTime()) / 1000);
}
