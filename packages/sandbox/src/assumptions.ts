/**
 * Everything the sandbox does that no public source settles. Each entry says what isn't known; when somebody learns
 * better, this file and docs/sandbox.md are the places to change.
 */
import { createHash } from "node:crypto";
import type { PushEvent } from "./push/event.js";
import type { Call } from "./switch/call.js";
import type { CallEnd, EndCause, PushCause } from "./switch/end.js";

/* ---- times, in milliseconds ---- */

/** not known: how long sipgate takes from the answered request to the caller's phone ringing. */
export const CALLER_SETUP_MS = 500;
/** not known: how long sipgate takes from the answered caller to the callee's phone ringing. */
export const CALLEE_SETUP_MS = 1_000;
/** not known: for how long sipgate lets a phone ring. Holds for either leg. */
export const RING_TIMEOUT_MS = 45_000;
/** not known: how long after its end a call shows up in the history (and in neo's channel events). */
export const HISTORY_DELAY_MS = 2_000;

/* ---- refusals ---- */

/** not known: what classic answers to neo's operations; here 403 with this text, the mirror of neo's [reported]. */
export const NEO_ONLY = "This endpoint requires a sipgate Neo PBX Account";
/** not known: the words of a 403 for a missing scope. */
export const missingScope = (accepted: readonly string[]): string =>
  `Insufficient scope. One of these is required: ${accepted.join(", ")}`;
/** not known: the words of the 403 while a password must be reset. */
export const PASSWORD_RESET = "The password of this account must be reset before the API can be used";
/** not known: the words of a 401, and whether it names a scheme. */
export const UNAUTHORIZED = "Invalid credentials";
/** not known: the words of the 402. */
export const INSUFFICIENT_FUNDS = "Insufficient funds";
/** not known: the words of the 429, rate limits as such, and whether there is a Retry-After. In seconds. */
export const RETRY_AFTER_SECONDS = 30;
/** not known: whether neo refuses a mobile device with 400 or 403; the words are [reported]. */
export const INVALID_INVITABLE_DEVICE = "Invalid invitable device";
/** not known: the status with which neo refuses silent recordings (that it does is [reported]). */
export const SILENT_RECORDING_STATUS = 400;
/** not known: what sipgate.io answers to 110 and 112 (that it doesn't process them is [official]). */
export const EMERGENCY_REFUSAL = "Emergency numbers cannot be called through the API. Dial them on a phone.";

/* ---- calls ---- */

/**
 * not known: whether GET /calls lists a call whose caller has answered while the callee still rings. Here it doesn't.
 */
export const isListedAsEstablished = (call: Call): boolean => call.state === "connected";

/**
 * not known: which operations besides hold (409, [reported]) insist on an established call. Here hanging up works on
 * any running call, and everything else answers 409 before the callee has answered.
 */
export const NOT_ESTABLISHED_STATUS = 409;

/**
 * not known: which number the caller's phone shows while it rings. Here it's the callee's: people see whom they are
 * about to call. The callee's phone shows the caller ID, as documented.
 */
export const shownNumberFor = (party: "caller" | "callee", call: Call): string =>
  party === "caller" ? call.callee : call.callerIdShown;

/**
 * not known: how a call ends if its phone is offline or loses its connection. Here the network ends it: as
 * `unreachable`, or as `completed` if both parties have talked.
 */
export const causeOfLostPhone = (call: Call): EndCause =>
  call.connectedAt === undefined ? "unreachable" : "completed";

/** not known: the characters a DTMF sequence may hold, and which party hears it (here the callee). */
export const DTMF_SEQUENCE = /^[0-9A-Da-d*#]{1,100}$/;

/** not known: whether the numbers of a running call's participants carry a plus. Here they do. */
export const participantNumber = (number: string): string => number;

/**
 * not known: whether a barred number is refused when it is placed or ends afterwards. Here it is accepted and ends
 * as `blocked`. The prefixes are those of sipgate's help page [official].
 */
export const BARRED_PREFIXES: readonly string[] = [
  "+49137",
  "+49138",
  "+491212",
  "+491807",
  "+49185",
  "+49181",
  "+49188",
  "+49900",
  "+49118",
];

/** not known: the Push API's words for calls that nobody answered, that were barred, or that lacked funds. */
export function pushCauseFor(cause: EndCause): PushCause {
  return PUSH_CAUSES[cause];
}

const PUSH_CAUSES: Readonly<Record<EndCause, PushCause>> = {
  completed: "normalClearing",
  busy: "busy",
  "no-answer": "noAnswer",
  rejected: "noAnswer",
  canceled: "cancel",
  "not-found": "notFound",
  unreachable: "notFound",
  forwarded: "forwarded",
  blocked: "congestion",
  "insufficient-funds": "congestion",
};

/* ---- history ---- */

/** not known: whether a page of the history may be empty. The specification says 0, other sources 1. */
export const SMALLEST_HISTORY_PAGE = 1;

export type HistoryStatus = "NOPICKUP" | "BUSY" | "PICKUP" | "FORWARD";
export type CallStatus = "SUCCESS" | "FAILURE" | "REJECTED" | "REJECTED_DND" | "BUSY" | "MISSED";

/** not known: which status and callStatus stand for which end (the words are [official]). */
export function historyStatus(end: CallEnd): { status: HistoryStatus; callStatus: CallStatus } {
  return HISTORY_STATUS[end.cause];
}

const HISTORY_STATUS: Readonly<Record<EndCause, { status: HistoryStatus; callStatus: CallStatus }>> = {
  completed: { status: "PICKUP", callStatus: "SUCCESS" },
  busy: { status: "BUSY", callStatus: "BUSY" },
  "no-answer": { status: "NOPICKUP", callStatus: "MISSED" },
  rejected: { status: "NOPICKUP", callStatus: "REJECTED" },
  canceled: { status: "NOPICKUP", callStatus: "MISSED" },
  "not-found": { status: "NOPICKUP", callStatus: "FAILURE" },
  unreachable: { status: "NOPICKUP", callStatus: "FAILURE" },
  forwarded: { status: "FORWARD", callStatus: "SUCCESS" },
  blocked: { status: "NOPICKUP", callStatus: "FAILURE" },
  "insufficient-funds": { status: "NOPICKUP", callStatus: "FAILURE" },
};

/**
 * not known: whether an outgoing call that nobody answered has the direction OUTGOING or MISSED_OUTGOING (both are
 * [official] words). Here it is MISSED_OUTGOING, and `directions=OUTGOING` alone doesn't find it.
 */
export const historyDirection = (call: Call): "OUTGOING" | "MISSED_OUTGOING" =>
  call.connectedAt === undefined ? "MISSED_OUTGOING" : "OUTGOING";

/* ---- neo ---- */

/**
 * not known: which leg rings first on neo. Here it is the device, as on classic; a client must not rely on it.
 *
 * not known: the ids of app extensions (here `a0`, `a1`), and whether a list of devices without `type` holds them
 * (here it does).
 */
export const NEO_DEVICE_TYPES: ReadonlyMap<string, readonly string[]> = new Map([
  ["all", ["APP", "REGISTER", "MOBILE", "EXTERNAL"]],
  ["app", ["APP"]],
  ["register", ["REGISTER"]],
  ["mobile", ["MOBILE"]],
  ["external", ["EXTERNAL"]],
]);

/** A channel's event as assumed here. */
export interface ChannelEvent {
  readonly id: string;
  readonly type: "CALL";
  readonly callId: string;
  readonly channelId: string;
  readonly direction: "OUTGOING" | "MISSED_OUTGOING";
  readonly source: string;
  readonly target: string;
  readonly status: HistoryStatus;
  readonly callStatus: CallStatus;
  readonly created: string;
  readonly lastModified: string;
  /** Seconds. */
  readonly duration: number;
}

/* ---- pushed events ---- */

/**
 * not known: when sipgate pushes which event of an outgoing call. Here `newCall` comes when the caller's phone starts
 * to ring (when the call ends, just before `hangup`, if no phone of the caller ever rings), `answer` when the callee
 * answers, and `hangup` at the end.
 */
export function pushEventsAt(call: Call): readonly PushEvent[] {
  switch (call.state) {
    case "caller-ringing":
      return ["newCall"];
    case "connected":
      return ["answer"];
    case "ended":
      return call.callerLeg.ringingAt === undefined ? ["newCall", "hangup"] : ["hangup"];
    default:
      return [];
  }
}

/** not known: what an `xcid` looks like. Here it is opaque, and the same for all events of a call. */
export const xcidOf = ({ id }: Call): string => createHash("sha256").update(id).digest("hex").slice(0, 32);

/** not known to the sandbox, whose users have ids only: the name of a user. */
export const pushUserName = (userId: string): string => `Sandbox user ${userId}`;

/*
 * not known, and decided by what rest-api/push-settings.ts does: which status a PUT of the push settings gives (204),
 * what they are before the first PUT (empty), whether a field that is left out keeps its value (it doesn't), and
 * whether plain http is taken for other machines than this one (it isn't). By push/event-forms.ts: the order of fields.
 */

/* ---- the login ---- */

/** not known: for how long a code can be used (that it can be used once is OAuth's rule). */
export const CODE_LIFETIME_MS = 60_000;
/** not known: how long a user may take from opening the login page to allowing or refusing. */
export const LOGIN_LIFETIME_MS = 10 * 60_000;

/*
 * not known, and decided by what login/ does. Where it's taken from Keycloak, the software behind sipgate's addresses,
 * that is all that speaks for it: the pages, and whether there is one for consent; which redirect addresses a client may
 * have (here any of this machine); whether PKCE is demanded (it isn't, but `plain` is refused); whether a request may
 * leave out the scopes (it may not), and which there are besides those that operations name; the addresses and answers
 * of `revoke`, `logout`, `certs` and the configuration; the words of refusals; whether the id and the secret of HTTP
 * Basic are form-encoded, as OAuth says (they are); what an access token says besides its user, account and
 * `featureScope`, among others `scope`; whether a refresh token that comes twice ends the session (it does), and whether
 * each refresh begins the 30 days anew (it does).
 */

/* ---- the rest ---- */

/*
 * not known, and decided by what the code leaves out: whether `callerId` must be one of the account's own numbers
 * (any valid number will do), whether sipgate refuses unknown fields of a body (they are refused), whether a user may
 * see another user's devices (403), and whether a missing path is reported before bad credentials (it is).
 */

/** not known: the unit of `balance.amount`. Here the amount is a bare number that is above zero or not. */
export const HEALTHY_BALANCE = 123_400;
