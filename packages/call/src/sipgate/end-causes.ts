// sipgate's words for why a call ended, and what they mean.
import type { EndCause } from "../call/end-cause.js";

// sipgate's words in `/history`, for `callStatus` and `status`. Source: its OpenAPI document and the official
// library. A missed outgoing call is one that nobody answered, whichever side gave up.
const BY_HISTORY_WORD: Readonly<Record<string, EndCause>> = {
  SUCCESS: "completed",
  PICKUP: "completed",
  FORWARD: "forwarded",
  BUSY: "busy",
  BUSY_ON_BUSY: "busy",
  REJECTED: "rejected",
  REJECTED_DND: "rejected",
  MISSED: "no-answer",
  NOPICKUP: "no-answer",
  FAILURE: "unreachable",
  VOICEMAIL_NO_MESSAGE: "forwarded",
};

/** The cause that an entry of the history names. Only `status` says that a call was forwarded. */
export function causeOfHistory(status: string | undefined, callStatus: string | undefined): EndCause {
  const words = status === "FORWARD" ? [status] : [callStatus, status];
  const known = words.find((word) => word !== undefined && Object.hasOwn(BY_HISTORY_WORD, word));
  return known === undefined ? "unknown" : (BY_HISTORY_WORD[known] ?? "unknown");
}

// sipgate's words in pushed events. Source: the Push API's documentation; `noAnswer` is a rejection there,
// such as do-not-disturb, and `cancel` means that the caller hung up before anyone answered.
const BY_PUSHED_WORD: Readonly<Record<string, EndCause>> = {
  normalClearing: "completed",
  busy: "busy",
  cancel: "canceled",
  noAnswer: "rejected",
  congestion: "unreachable",
  notFound: "not-found",
  forwarded: "forwarded",
};

/** The cause that a pushed event's word means. */
export function causeOfPush(word: string): EndCause {
  return Object.hasOwn(BY_PUSHED_WORD, word) ? (BY_PUSHED_WORD[word] ?? "unknown") : "unknown";
}
