import type { EndCause } from "../end-cause.js";

/** What sipgate's Push API reports about a call, once it's certain that it comes from sipgate. */
export type PushedEvent = PushedCall &
  (
    | {
        /** `new-call`: sipgate has started it. `answer`: somebody has answered. */
        readonly kind: "new-call" | "answer";
      }
    | {
        /** It's over. */
        readonly kind: "hangup";
        readonly end: PushedEnd;
      }
  );

interface PushedCall {
  /** The call's id, the one that placing it returned. */
  readonly callId: string;
  /** The call that this one resulted from, such as by a transfer or a forwarding; otherwise its own id. */
  readonly origCallId: string | undefined;
  readonly direction: "in" | "out" | undefined;
  /** Who calls, E.164; undefined if it's withheld. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Who has answered, E.164; with `answer`, and with `hangup` of an answered call. */
  readonly answeringNumber: string | undefined;
  /** When it came in, by `monotonicMs` of the clock. */
  readonly receivedAt: number;
}

/** Why a call ended, as an event reports it. */
export interface PushedEnd {
  readonly cause: EndCause;
  /** Whether no other cause may be meant; otherwise the history tells. */
  readonly isCertain: boolean;
  /** The telephone system's own word for it. */
  readonly raw: string | undefined;
}

/** Takes pushed events and passes them to everyone who follows the call. */
export interface PushInlet {
  /**
   * @param digest of the event as it came: the same for the same event only
   * @returns false if it came before; then it isn't passed on
   */
  push(event: PushedEvent, digest: string): boolean;
}
