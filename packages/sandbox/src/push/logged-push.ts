import type { PushEvent } from "./event.js";

/** An event that was pushed, or was to be. */
export interface LoggedPush {
  /** When it happened, on the sandbox's clock. It is sent as soon as the call's event before it is settled. */
  readonly at: Date;
  readonly event: PushEvent;
  readonly callId: string;
  readonly url: string;
  /** The form, as it was sent. */
  readonly body: string;
  /** The header `X-Sipgate-Signature`. */
  readonly signature: string;
  /** The answer's status; undefined if there was none. */
  readonly status: number | undefined;
}
