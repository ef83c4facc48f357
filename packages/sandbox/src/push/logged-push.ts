import type { PushEvent } from "./event.js";

/** An event whose push has succeeded or failed. */
export interface LoggedPush {
  /**
   * When the event happened, on the sandbox's clock. It's sent once the call's previous event has succeeded or failed.
   */
  readonly at: Date;
  /** What happened. */
  readonly event: PushEvent;
  /** The call's id, as the REST API has it. */
  readonly callId: string;
  /** Where it was sent. */
  readonly url: string;
  /** The form as it was sent. */
  readonly body: string;
  /** The header `X-Sipgate-Signature`; empty if it wasn't sent since 10,000 pushes were waiting. */
  readonly signature: string;
  /** The HTTP status of the response; `undefined` if there was no response. */
  readonly status: number | undefined;
}
