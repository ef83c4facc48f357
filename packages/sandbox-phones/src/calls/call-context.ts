import type { Dialogs } from "../dialogs/dialogs.js";
import type { CallRecords } from "../inspector/call-records.js";
import type { MediaSession } from "../media/media-session.js";
import type { Pacer } from "../media/pacer.js";
import type { SipStack } from "../transactions/sip-stack.js";
import type { Flow } from "../transports/flow.js";

/** What calls are made with. */
export interface CallContext {
  readonly stack: SipStack;
  readonly dialogs: Dialogs;
  readonly pacer: Pacer;
  readonly records: CallRecords;
  /** The way of the audio to the phone behind a connection. */
  openSession(flow: Flow, kind: MediaSession["kind"]): Promise<MediaSession>;
  /** Whether an INVITE names the call's id, for tests. */
  readonly callIdHeader: boolean;
}
