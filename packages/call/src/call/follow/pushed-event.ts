import type { EndCause } from "../end-cause.js";

/** What sipgate's Push API tells of a call, once it's certain that sipgate tells it. */
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
  /** The call's id, the one that placing it answered. */
  readonly callId: string;
  /** The call that this one came of, such as by a transfer or a forwarding; else its own id. */
  readonly origCallId: string | undefined;
  readonly direction: "in" | "out" | undefined;
  /** Who calls, E.164; undefined where it's withheld. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Who has answered, E.164; with `answer`, and with `hangup` of an answered call. */
  readonly answeringNumber: string | undefined;
  /** When it came in, by `monotonicMs` of the clock. */
  readonly receivedAt: number;
}

/** Why a call ended, as an event tells it. */
export interface PushedEnd {
  readonly cause: EndCause;
  /** Whether no other cause may be meant; else the history tells. */
  readonly isCertain: boolean;
  /** The telephone system's own word for it. */
  readonly raw: string | undefined;
}

/** Takes what is pushed, to be told to whoever follows the call. */
export interface PushInlet {
  push(event: PushedEvent): void;
}
