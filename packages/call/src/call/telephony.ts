import type { CheckedCallRequest } from "./call-request.js";
import type { CallEnd, CallRecord } from "./end-cause.js";
import type { E164 } from "./number/phone-number.js";

/**
 * sipgate's two platforms. Accounts made since September 2025 are neo. Source: sipgate's help page; the words `classic`
 * and `neo` are its own.
 */
export type Platform = "classic" | "neo";

/** Options of every request. */
export interface RequestOptions {
  /**
   * Gives the request up; its `reason` is the `cause` of the error. What was already sent may still take
   * effect: see `placed` of the error.
   *
   * @default none: only its timeout ends it early
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds that each request to sipgate may take, including all retries; from 1 to 600,000.
   *
   * @default the client's `timeoutMs`
   */
  readonly timeoutMs?: number | undefined;
}

/** Further options for placing a call. */
export interface PlaceOptions extends RequestOptions {
  /**
   * Called when the response was lost, before the search for the call begins: that may take a while.
   *
   * @default nobody is told
   */
  readonly onSearch?: (() => void) | undefined;
  /**
   * If the response is lost, how long to search for the call, in milliseconds from sending; from 0 to 600,000. 0 turns
   * the search off. What it found is in `search` of the error.
   *
   * @default 15_000
   */
  readonly searchForMs?: number | undefined;
}

/** Further options for sending the request for a call. */
export interface SendOptions extends RequestOptions {
  /**
   * Awaited once the connection is established, right before the first byte of each request that rings
   * phones; if it rejects, none is sent.
   */
  readonly beforeSending?: (() => Promise<void>) | undefined;
}

/** A call that the telephone system has accepted. This doesn't mean that phones ring. */
export interface PlacedCall {
  /** The call's id. It encodes phone numbers: treat it as personal data. Source of that: reported by users. */
  readonly callId: string;
  /** The same id, under the name that sipgate gives it on classic. Source: sipgate's OpenAPI document. */
  readonly sessionId: string;
  /** The platform that took the request. */
  readonly platform: Platform;
  /** The channel that it goes through. Undefined on classic, and if none was named. Source: reported by users. */
  readonly channelId?: string | undefined;
  /** The telephone system's response, in its own form, fit for JSON. Undefined if it wasn't kept. */
  readonly response?: unknown;
  /** Doubts that did not keep the call from being placed, as sentences. */
  readonly warnings: readonly string[];
  /** Present if an earlier request with the same `idempotencyKey` placed the call: nobody was rung now. */
  readonly repeated?: true;
}

/** A phone of the user's. Source: sipgate's OpenAPI document and official library. */
export interface Device {
  /** The extension, e.g. `e0`. */
  readonly id: string;
  /** The name that people gave it. */
  readonly alias: string;
  /** sipgate's word: `REGISTER` (VoIP phone), `MOBILE`, `EXTERNAL`. neo has further ones; which isn't known. */
  readonly type: string;
  /** Whether it's reachable now. Undefined if sipgate doesn't say. How recent this is isn't known. */
  readonly online: boolean | undefined;
  /** Whether it's on do-not-disturb. Undefined if sipgate doesn't say. */
  readonly dnd: boolean | undefined;
  /** Extensions of the phone lines that ring it, e.g. `p0`. */
  readonly phonelines: readonly string[];
}

/**
 * What a phone registers with as a device. A secret: anybody who has it can call at the account's expense. Source:
 * sipgate's OpenAPI document; the addresses for browsers are reported, and several are in use.
 */
export interface SipAccount {
  /** The user name for SIP's digest authentication. */
  readonly username: string;
  /** The password for it, in clear text. */
  readonly password: string;
  /** Host, with a port if it has one of its own. */
  readonly server: string;
  /** For phones in browsers, e.g. `wss://…`. */
  readonly websocketUrl: string;
}

/** A phone number of the account's. Source: sipgate's OpenAPI document. */
export interface AccountNumber {
  /** sipgate's id of the number. */
  readonly id: string;
  /** As sipgate gives it, in most cases E.164. */
  readonly number: string;
  /** As people write it, e.g. `030 23125000`. Undefined if sipgate doesn't say. */
  readonly localized: string | undefined;
  /** sipgate's word: `LANDLINE`, `MOBILE`, `QUICKDIAL` or `INTERNATIONAL`. Undefined if it doesn't say. */
  readonly type: string | undefined;
  /** What it rings, e.g. `p0`. Undefined if it rings nothing. */
  readonly endpointId: string | undefined;
  /** The name of what it rings. Undefined if sipgate doesn't say. */
  readonly endpointAlias: string | undefined;
}

/** An entry of the account's address book. Source: sipgate's OpenAPI document. */
export interface Contact {
  /** sipgate's id of the entry. */
  readonly id: string;
  /** As somebody wrote it: colleagues can edit shared entries. */
  readonly name: string;
  /** The company. Undefined if sipgate doesn't say. */
  readonly organization: string | undefined;
  /** As sipgate gives them, in most cases E.164; `types` are its words, e.g. `work`, `cell`, `home`. */
  readonly numbers: readonly { readonly number: string; readonly types: readonly string[] }[];
  /** sipgate's word: `PRIVATE` (yours), `SHARED` (the account's) or `INTERNAL` (a colleague). */
  readonly scope: string | undefined;
}

/**
 * A channel, which exists on neo only: users and their devices call and are called through it. Source: reported by
 * users.
 */
export interface Channel {
  /** The channel's id, as `channelId` of a call has it. */
  readonly id: string;
  /** The name that people gave it. */
  readonly name: string;
  /** Who uses it: the extension of each user, e.g. `w0`, and those of the user's devices in it, e.g. `e0`. */
  readonly users: readonly { readonly id: string; readonly deviceIds: readonly string[] }[];
}

/** What is left on the account. Source: sipgate's OpenAPI document, which names no unit for `amount`. */
export interface Balance {
  /** As sipgate gives it. The unit isn't known. */
  readonly amount: number;
  /** E.g. `EUR`. */
  readonly currency: string;
}

/**
 * What a user may not call. Source: sipgate's OpenAPI document, which names the fields and no more. That `true` means
 * "may not" is an assumption.
 */
export interface CallRestrictions {
  /** Special numbers abroad. */
  readonly foreignSpecial: boolean;
  /** Numbers that cost extra. */
  readonly charged: boolean;
  /** Expensive numbers abroad. */
  readonly highCostForeignNumbers: boolean;
}

/** Whom the credentials belong to. Source: sipgate's OpenAPI document. */
export interface User {
  /** The user's extension, e.g. `w0`. */
  readonly id: string;
  /**
   * The id of the account, which sipgate calls `masterSipId`. Undefined if sipgate doesn't say. Users of different
   * accounts may have the same extension.
   */
  readonly account: string | undefined;
  /** The SIP domain, e.g. `sipgate.de`. Undefined if sipgate doesn't say. */
  readonly domain: string | undefined;
  /** The user's language and country, e.g. `de_DE`. Undefined if sipgate doesn't say. */
  readonly locale: string | undefined;
}

/**
 * A call that is running. sipgate lists established ones only: a call that still rings is absent. Source: sipgate's
 * OpenAPI document and its rtcm.md.
 */
export interface RunningCall {
  /** The id that placing it returned. */
  readonly callId: string;
  /** Whether you are muted. */
  readonly muted: boolean;
  /** Whether it's on hold. */
  readonly hold: boolean;
  /** Whether it's being recorded. */
  readonly recording: boolean;
  /** Who takes part, you included. */
  readonly participants: readonly Participant[];
}

/** Somebody who takes part in a running call. Source: sipgate's OpenAPI document and its rtcm.md. */
export interface Participant {
  /** sipgate's id of the participant within this call. */
  readonly participantId: string;
  /** The participant's number, as sipgate writes it. Empty if it's withheld. */
  readonly phoneNumber: string;
  /** Whether the participant is muted. */
  readonly muted: boolean;
  /** Whether the participant is on hold. */
  readonly hold: boolean;
  /** Whether it's you. */
  readonly owner: boolean;
}

/** Something to do to a running call. */
export type CallCommand =
  | { readonly kind: "hang-up" }
  | { readonly kind: "mute" | "hold"; readonly on: boolean }
  | { readonly kind: "record"; readonly on: boolean; readonly announced: boolean }
  | { readonly kind: "dtmf"; readonly sequence: string }
  | { readonly kind: "announce"; readonly url: string }
  | {
      readonly kind: "transfer";
      readonly to: E164;
      readonly attended: boolean;
      readonly callerId: E164 | undefined;
    };

/**
 * A past call. What sipgate doesn't tell is undefined. Source: sipgate's OpenAPI document of the history; on neo the
 * shape of a channel's events isn't known, and reading them is an assumption.
 */
export interface PastCall {
  /** The call's id, the one that placing it returned. */
  readonly callId: string | undefined;
  /** Who called, as sipgate writes it. */
  readonly source: string | undefined;
  /** Who was called, as sipgate writes it. */
  readonly target: string | undefined;
  /** sipgate's word: `OUTGOING`, `MISSED_OUTGOING`, `INCOMING` or `MISSED_INCOMING`. */
  readonly direction: string | undefined;
  /** When it began, as ISO 8601. */
  readonly startedAt: string | undefined;
  /** The extensions that took part, if that's told. */
  readonly extensions: readonly string[];
  /** How it ended. */
  readonly end: CallEnd;
}

/** Which records of ended calls are wanted. */
export interface RecordQuery {
  /** The channels that the calls went through (neo). Undefined: any of the account's. */
  readonly channelIds: readonly string[] | undefined;
  /** How many calls are searched for. */
  readonly atMost: number;
}

/** The port: what the domain needs from a telephone system. Every method may throw a `CallError`. */
export interface Telephony {
  /** Places a call. Sends the request that rings phones at most once. */
  place(request: CheckedCallRequest, options: SendOptions): Promise<PlacedCall>;
  /** Calls that are established now. */
  calls(options?: RequestOptions): Promise<RunningCall[]>;
  /** How the latest calls have ended. */
  records(query: RecordQuery, options?: RequestOptions): Promise<CallRecord[]>;
  /** Does something to a running call. */
  command(callId: string, command: CallCommand, options?: RequestOptions): Promise<void>;
  /** The user's phones. */
  devices(options?: RequestOptions): Promise<Device[]>;
  /** All phone numbers of the account. */
  numbers(options?: RequestOptions): Promise<AccountNumber[]>;
  /** All channels (neo only). */
  channels(options?: RequestOptions): Promise<Channel[]>;
  balance(options?: RequestOptions): Promise<Balance>;
  /** What the user may not call. */
  callRestrictions(options?: RequestOptions): Promise<CallRestrictions>;
  whoami(options?: RequestOptions): Promise<User>;
  /** Which platform the account is on. Undefined if the service's responses don't tell. */
  platform(options?: RequestOptions): Promise<Platform | undefined>;
}
