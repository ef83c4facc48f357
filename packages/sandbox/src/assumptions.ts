/**
 * Everything about sipgate that no public source settles, and what the sandbox assumes instead. Each entry says what
 * isn't known. If you learn more, change this file and docs/sandbox.md.
 *
 * Sources, here and elsewhere in the sandbox: [official] is sipgate's documentation, [reported] is what the users of
 * its API have written in public.
 */
import { createHash } from "node:crypto";
import type { PushEvent } from "./push/event.js";
import type { Call } from "./switch/call.js";
import type { CallEnd, EndCause, PushCause } from "./switch/end.js";

/* ---- times, in milliseconds ---- */

/** Not known: how long it takes from the response until the caller's phone rings. */
export const CALLER_SETUP_MS = 500;
/** Not known: how long it takes from the caller's answer until the callee's phone rings. */
export const CALLEE_SETUP_MS = 1_000;
/** Not known: how long sipgate lets a phone ring. Applies to both legs. */
export const RING_TIMEOUT_MS = 45_000;
/** Not known: how long after its end a call appears in the history and in neo's channel events. */
export const HISTORY_DELAY_MS = 2_000;

/* ---- refusals ---- */

/** Not known: how classic refuses neo's operations. Here: 403 with this text, the counterpart of neo's [reported]. */
export const NEO_ONLY = "This endpoint requires a sipgate Neo PBX Account";
/** Not known: the text of a 403 for a missing scope. */
export const missingScope = (accepted: readonly string[]): string =>
  `Insufficient scope. One of these is required: ${accepted.join(", ")}`;
/** Not known: the text of the 403 while a password must be reset. */
export const PASSWORD_RESET = "The password of this account must be reset before the API can be used";
/** Not known: the text of a 401, and whether it names a scheme. */
export const UNAUTHORIZED = "Invalid credentials";
/** Not known: the text of the 402. */
export const INSUFFICIENT_FUNDS = "Insufficient funds";
/** Not known: the text of the 429, the rate limits, and whether there is a Retry-After. Here: this many seconds. */
export const RETRY_AFTER_SECONDS = 30;
/** Not known: whether neo refuses a mobile device with 400 or 403. The text is [reported]. */
export const INVALID_INVITABLE_DEVICE = "Invalid invitable device";
/** Not known: the status with which neo refuses a recording without announcement. That it does is [reported]. */
export const SILENT_RECORDING_STATUS = 400;
/** Not known: how sipgate.io refuses 110 and 112. That it doesn't process them is [official]. */
export const EMERGENCY_REFUSAL = "Emergency numbers cannot be called through the API. Dial them on a phone.";

/* ---- calls ---- */

/** Not known: whether GET /calls lists a call whose caller has answered while the callee's phone rings. Here: no. */
export const isListedAsEstablished = (call: Call): boolean => call.state === "connected";

/**
 * Not known: which operations need an established call. Hold does: 409 [reported]. Here: all, except for hanging up,
 * which works on every running call.
 */
export const NOT_ESTABLISHED_STATUS = 409;

/**
 * Not known: which number the caller's phone shows while it rings. Here: the callee's, since that tells people whom
 * they are about to call. The callee's phone shows the caller ID, as documented.
 */
export const shownNumberFor = (party: "caller" | "callee", call: Call): string =>
  party === "caller" ? call.callee : call.callerIdShown;

/**
 * Not known: how a call ends if a phone is offline or loses its connection. Here: the network ends it, as `completed`
 * if both parties were connected, else as `unreachable`.
 */
export const causeOfLostPhone = (call: Call): EndCause =>
  call.connectedAt === undefined ? "unreachable" : "completed";

/** Not known: which characters a DTMF sequence may have, and which party hears it. Here: the callee. */
export const DTMF_SEQUENCE = /^[0-9A-Da-d*#]{1,100}$/;

/** Not known: whether the numbers of a running call's participants have a plus. Here: yes. */
export const participantNumber = (number: string): string => number;

/**
 * Not known: whether a call to a barred number is refused, or accepted and ended later. Here: accepted and ended as
 * `blocked`. The prefixes are those of sipgate's help page [official].
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

/** Not known: the Push API's cause for calls that were declined or barred, or that lacked funds. */
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

/*
 * Not known: what a blind transfer leaves of the call, and whose the connection of callee and target is. Here: the call
 * ends, and they're in a call of their own, in the same user's name, with the first call's id as `origCallId` [reported
 * of forwarded calls].
 *
 * Not known: what an attended transfer does step by step. Here: the callee waits, and the caller's phone is in a second
 * call, with the target. If the caller hangs up there, callee and target are in a third call. If the target is gone, the
 * caller is back with the callee. If the caller hangs up before the target has answered, the transfer becomes a blind one.
 *
 * Not known: whether sipgate takes transfers that a phone asks for (REFER). Here: yes. The call goes on until the target
 * has answered, and goes on if the target doesn't answer.
 *
 * Decided by switch/transfers.ts and rest-api/running-calls.ts.
 */

/* ---- history ---- */

/** Not known: the URLs of recordings. That entries of the history name some is [official]. Here: below this path. */
export const RECORDING_PATH = "/v2/recordings";

/** The smallest `limit` of the history, according to the specification; other sources say 1. 0: no entry, only the count. */
export const SMALLEST_HISTORY_PAGE = 0;

/*
 * Not known, and decided by rest-api/history.ts and history-forms.ts:
 * - the status of a PUT and of a DELETE (here: 204)
 * - whether a batch with an unknown id changes the others (here: no)
 * - whether a deleted entry remains an event of its channel and of /v3/events (here: yes)
 * - how long a note may be (here: it's cut off after 1,000 characters)
 * - the columns of the export, and what separates them (here: commas)
 */

export type HistoryStatus = "NOPICKUP" | "BUSY" | "PICKUP" | "FORWARD";
export type CallStatus = "SUCCESS" | "FAILURE" | "REJECTED" | "REJECTED_DND" | "BUSY" | "MISSED";

/** Not known: which status and callStatus stand for which end. The words are [official]. */
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
 * Not known: whether an outgoing call that nobody answered is OUTGOING or MISSED_OUTGOING; both words are [official].
 * Here: MISSED_OUTGOING, and `directions=OUTGOING` alone doesn't find it.
 */
export const historyDirection = (call: Call): "OUTGOING" | "MISSED_OUTGOING" =>
  call.connectedAt === undefined ? "MISSED_OUTGOING" : "OUTGOING";

/* ---- neo ---- */

/**
 * The values of `type` when devices are listed on neo. Not known: which devices are listed without `type`. Here: all.
 *
 * Not known either: the ids of app extensions (here: `a0`, `a1`), and which leg rings first on neo. Here: the device,
 * as on classic. A client must not rely on it.
 */
export const NEO_DEVICE_TYPES: ReadonlyMap<string, readonly string[]> = new Map([
  ["all", ["APP", "REGISTER", "MOBILE", "EXTERNAL"]],
  ["app", ["APP"]],
  ["register", ["REGISTER"]],
  ["mobile", ["MOBILE"]],
  ["external", ["EXTERNAL"]],
]);

/**
 * Not known: the shape of a channel's events, and of those of /v3/events (here: the same, without a channel on
 * classic). Not known either: whether neo's calls are in /v3/events (here: yes), and what its `status` counts as a
 * success (here: a call that was answered or forwarded).
 */
export interface ChannelEvent {
  readonly id: string;
  readonly type: "CALL";
  readonly callId: string;
  readonly channelId: string | undefined;
  readonly direction: "OUTGOING" | "MISSED_OUTGOING";
  readonly source: string;
  readonly target: string;
  readonly status: HistoryStatus;
  readonly callStatus: CallStatus;
  readonly created: string;
  readonly lastModified: string;
  /** In seconds. */
  readonly duration: number;
}

/* ---- pushed events ---- */

/**
 * Not known: when sipgate pushes which event of an outgoing call. Here: `newCall` when the caller's phone starts to
 * ring, or just before `hangup` if it never does; `answer` when the callee answers; `hangup` when the call ends.
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

/** Not known: what an `xcid` looks like. Here: opaque, and the same for all events of a call. */
export const xcidOf = ({ id }: Call): string => createHash("sha256").update(id).digest("hex").slice(0, 32);

/** The name of a user, for want of a better one: the sandbox's users only have ids. */
export const pushUserName = (userId: string): string => `Sandbox user ${userId}`;

/*
 * Not known, and decided by rest-api/push-settings.ts:
 * - the status of a PUT of the push settings (here: 204)
 * - what they are before the first PUT (here: empty)
 * - whether a missing field keeps its value (here: no)
 * - whether plain http is allowed for other machines than this one (here: no)
 *
 * Not known, and decided by push/event-form.ts: the order of the fields.
 */

/* ---- the login ---- */

/** Not known: how long a code is valid. That it can be used once is a rule of OAuth. */
export const CODE_LIFETIME_MS = 60_000;
/** Not known: how long a user may take from the login page to the decision. */
export const LOGIN_LIFETIME_MS = 10 * 60_000;

/*
 * Not known, and decided by login/. Some of it is taken from Keycloak, the software behind sipgate's addresses:
 * - the pages, and whether there is one for consent
 * - which redirect addresses a client may have (here: all of this machine)
 * - whether PKCE is required (here: no, but `plain` is refused)
 * - whether a request may omit the scopes (here: no), and which scopes were added since the document of 2022
 * - the form of the redirect with response_type=token, which the document of 2022 names, and whether both realms have it
 * - ID tokens, besides that their `sub` isn't the API's user id [reported]
 * - the addresses and responses of `revoke`, `logout`, `certs` and the configuration
 * - the texts of refusals
 * - whether id and secret are form-encoded in HTTP Basic, as OAuth demands (here: yes)
 * - the claims of an access token besides user, account and `featureScope`
 * - whether a second use of a refresh token ends the session (here: yes)
 * - whether each refresh starts the 30 days anew (here: yes)
 */

/* ---- the rest ---- */

/** Not known: what neo calls its product in /account. Here: the same as on classic. */
export const MAIN_PRODUCT_TYPE = "TEAM";

/** Not known: how long the name of a device may be, in characters. */
export const LONGEST_ALIAS = 100;

/*
 * Not known, and decided by the operations of v3, which is experimental and may change:
 * - which types of numbers and of targets /v3/phone-numbers has, and where neo's numbers lead (here: to a channel)
 * - the status and body of POST /v3/devices/register (here: 200 and the device), and whose devices may be added (here:
 *   the token's user's)
 */

/*
 * Not known, and decided by what the code doesn't do:
 * - whether `callerId` must be one of the account's own numbers (here: no, any valid number will do)
 * - whether sipgate refuses unknown fields of a body (here: with the option `strict`)
 * - whether null counts as absent for an optional field (here: yes)
 * - whether a user may see another user's devices (here: no, 403)
 * - whether sipgate lets web pages use its API (CORS; here: those that may use the sandbox)
 * - whether an unknown path is reported before wrong credentials (here: yes)
 */

/** Not known: the unit of `balance.amount`. Here: a number that is above zero or not. */
export const HEALTHY_BALANCE = 123_400;
