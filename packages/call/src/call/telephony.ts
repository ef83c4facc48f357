import type { CheckedCallRequest } from "./call-request.js";
import type { CallEnd, CallRecord } from "./end-cause.js";
import type { E164 } from "./number/phone-number.js";

/** sipgate's two platforms. Accounts made since September 2025 are neo. */
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
  /** The call's id. It encodes phone numbers: treat it as personal data. */
  readonly callId: string;
  /** The same id, under the name that sipgate gives it. */
  readonly sessionId: string;
  readonly platform: Platform;
  /** The channel that it goes through (neo), if one was named. */
  readonly channelId?: string | undefined;
  /** The telephone system's response, in its own form, fit for JSON. */
  readonly response?: unknown;
  /** Doubts that did not keep the call from being placed, as sentences. */
  readonly warnings: readonly string[];
  /** Present if an earlier request with the same `idempotencyKey` placed the call: nobody was rung now. */
  readonly repeated?: true;
}

/** A phone of the user's. */
export interface Device {
  /** The extension, e.g. `e0`. */
  readonly id: string;
  readonly alias: string;
  /** sipgate's word: `REGISTER` (VoIP phone), `MOBILE`, `EXTERNAL`; neo knows further ones. */
  readonly type: string;
  /** Whether it's reachable now. Undefined if sipgate doesn't say. How recent this is isn't known. */
  readonly online: boolean | undefined;
  /** Whether it's on do-not-disturb. Undefined if sipgate doesn't say. */
  readonly dnd: boolean | undefined;
  /** Extensions of the phone lines that ring it, e.g. `p0`. */
  readonly phonelines: readonly string[];
}

/** What a phone registers with as a device. A secret: anybody who has it can call at the account's expense. */
export interface SipAccount {
  readonly username: string;
  readonly password: string;
  /** Host, with a port if it has one of its own. */
  readonly server: string;
  /** For phones in browsers, e.g. `wss://…`. */
  readonly websocketUrl: string;
}

/** A phone number of the account's. */
export interface AccountNumber {
  readonly id: string;
  /** As sipgate gives it, in most cases E.164. */
  readonly number: string;
  /** As people write it, e.g. `030 23125000`. */
  readonly localized: string | undefined;
  /** sipgate's word: `LANDLINE`, `MOBILE`, `QUICKDIAL` or `INTERNATIONAL`. */
  readonly type: string | undefined;
  /** What it rings, e.g. `p0`. */
  readonly endpointId: string | undefined;
  readonly endpointAlias: string | undefined;
}

/** An entry of the account's address book. */
export interface Contact {
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

/** A channel (neo): users and their devices call and are called through it. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly users: readonly { readonly id: string; readonly deviceIds: readonly string[] }[];
}

/** What is left on the account. sipgate documents no unit for `amount`: it's shown as given. */
export interface Balance {
  readonly amount: number;
  /** E.g. `EUR`. */
  readonly currency: string;
}

/** What a user may not call. Undocumented beyond the names; `true` is taken to mean "may not". */
export interface CallRestrictions {
  /** Special numbers abroad. */
  readonly foreignSpecial: boolean;
  /** Numbers that cost extra. */
  readonly charged: boolean;
  /** Expensive numbers abroad. */
  readonly highCostForeignNumbers: boolean;
}

/** Whom the credentials belong to. */
export interface User {
  /** The user's extension, e.g. `w0`. */
  readonly id: string;
  /** The id of the account, which sipgate calls `masterSipId`. Users of different accounts may have the same extension. */
  readonly account: string | undefined;
  readonly domain: string | undefined;
  readonly locale: string | undefined;
}

/** A call that is running. sipgate lists established ones only: a call that still rings is absent. */
export interface RunningCall {
  /** The id that placing it returned. */
  readonly callId: string;
  /** Whether you are muted. */
  readonly muted: boolean;
  readonly hold: boolean;
  readonly recording: boolean;
  readonly participants: readonly Participant[];
}

export interface Participant {
  readonly participantId: string;
  /** Empty if it's withheld. */
  readonly phoneNumber: string;
  readonly muted: boolean;
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

/** A past call. What the telephone system doesn't tell is undefined. */
export interface PastCall {
  /** The call's id, the one that placing it returned. */
  readonly callId: string | undefined;
  /** Who called, as sipgate writes it. */
  readonly source: string | undefined;
  readonly target: string | undefined;
  /** sipgate's word: `OUTGOING`, `MISSED_OUTGOING`, `INCOMING` or `MISSED_INCOMING`. */
  readonly direction: string | undefined;
  /** When it began, as ISO 8601. */
  readonly startedAt: string | undefined;
  /** The extensions that took part, if that's told. */
  readonly extensions: readonly string[];
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
