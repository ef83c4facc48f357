import type { Dialogs } from "../dialogs/dialogs.js";
import type { CallRecords } from "../inspector/call-records.js";
import type { MediaControl } from "../media-control/media-control.js";
import type { SipStack } from "../transactions/sip-stack.js";

/** What calls are made with. */
export interface CallContext {
  readonly stack: SipStack;
  readonly dialogs: Dialogs;
  readonly media: MediaControl;
  readonly records: CallRecords;
  /** Whether an INVITE names the call's id, for tests. */
  readonly callIdHeader: boolean;
}
