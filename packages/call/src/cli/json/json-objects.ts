// What --json prints: one object per line, each with a `type`. docs/json.md and docs/json.schema.json describe the same
// shapes; a test validates the real output of every command against the schema.
import type { CallEnd } from "../../call/end-cause.js";
import type { CallErrorCode, CallSearch, ForbiddenReason, Placed, Problem } from "../../call/errors.js";
import type { CallState, Evidence } from "../../call/follow/call-state.js";
import type { Check } from "../../call/preflight/check.js";
import type {
  AccountNumber,
  Balance,
  Channel,
  Device,
  PastCall,
  PlacedCall,
  Platform,
  RunningCall,
  User,
} from "../../call/telephony.js";
import type { TraceEvent } from "../../sipgate/http/trace.js";
import type { PlannedRequest } from "../../sipgate/platform/dry-run.js";
import type { PlaceResponse } from "../../sipgate/platform/placed-call.js";

/** dial: sipgate accepted the call. The first object on standard output. */
export interface JsonPlaced extends Omit<PlacedCall, "response">, Partial<PlaceResponse> {
  readonly type: "placed";
  readonly sandbox: boolean;
}

/** dial --follow: a state that the call has reached. */
export interface JsonState {
  readonly type: "state";
  readonly state: CallState;
  readonly evidence: Evidence;
  /** When it was learnt, by this machine's clock, as ISO 8601. */
  readonly at: string;
  /** Why the call ended; only with `ended`. */
  readonly end?: CallEnd | undefined;
  readonly notes: readonly string[];
  /** The state as a sentence. */
  readonly text: string;
}

/** dial --follow: how the call ended, or that it's no longer followed. The last object of the call. */
export interface JsonOutcome {
  readonly type: "outcome";
  readonly text: string;
  /** The exit code of the command. */
  readonly exitCode: number;
}

/** dial --follow: something to know that changes nothing. */
export interface JsonNotice {
  readonly type: "notice";
  readonly text: string;
}

/** dial --follow: a doubt. */
export interface JsonWarning {
  readonly type: "warning";
  readonly text: string;
}

/** dial --dry-run */
export interface JsonDryRun {
  readonly type: "dry-run";
  /** In the order in which they would be sent. */
  readonly requests: readonly PlannedRequest[];
}

/** doctor */
export interface JsonPreflight {
  readonly type: "preflight";
  /** Whether a problem was found that surely prevents the call. */
  readonly blocked: boolean;
  readonly checks: readonly Check[];
}

export interface JsonDevices {
  readonly type: "devices";
  readonly devices: readonly Device[];
}

export interface JsonNumbers {
  readonly type: "numbers";
  readonly numbers: readonly AccountNumber[];
}

/** dial, doctor: whom a name stands for. Before the number is dialled. */
export interface JsonContact extends Omit<JsonContactEntry, "organization"> {
  readonly type: "contact";
}

/** contacts */
export interface JsonContacts {
  readonly type: "contacts";
  readonly contacts: readonly JsonContactEntry[];
}

/** A name and one of its numbers. */
export interface JsonContactEntry {
  readonly name: string;
  /** The company, if it's told. */
  readonly organization?: string | undefined;
  /** As it's written in its source. */
  readonly number: string;
  /** The kind of number, in the source's word, such as `work`. */
  readonly kind?: string | undefined;
  /** Where it's from, for people: `sipgate, shared` or `contacts.vcf`. */
  readonly origin: string;
}

export interface JsonChannels {
  readonly type: "channels";
  readonly channels: readonly Channel[];
}

export interface JsonCalls {
  readonly type: "calls";
  readonly calls: readonly JsonRunningCall[];
}

/** A running call, with what is known of it if it was placed from here. */
export interface JsonRunningCall extends RunningCall {
  /** What rang first, such as `e0`. */
  readonly caller?: string | undefined;
  /** As ISO 8601. */
  readonly placedAt?: string | undefined;
}

export interface JsonBalance extends Balance {
  readonly type: "balance";
}

/** history: one object for each call. */
export interface JsonPastCall extends PastCall {
  readonly type: "past-call";
}

/** hangup, mute, … announce: it's done. */
export interface JsonDone {
  readonly type: "done";
  readonly command: string;
  readonly callId: string;
}

/** Where a sign-in is stored. */
interface JsonStored {
  readonly profile: string;
  /** The scopes that sipgate granted, if it said so. */
  readonly scopes?: readonly string[] | undefined;
  /** Path of the file. */
  readonly keptIn: string;
  /** Whether the file is sealed with a key from the system's key store. */
  readonly keyStore: boolean;
  /** When an unused sign-in expires, as ISO 8601, if sipgate said so. */
  readonly signedInUntil?: string | undefined;
}

/** whoami; with a sign-in also where it's stored. */
export interface JsonUser extends User, Partial<JsonStored> {
  readonly type: "user";
  readonly platform?: Platform | undefined;
}

/** init: the file was written. */
export interface JsonSettings {
  readonly type: "settings";
  readonly file: string;
  readonly user: string;
  readonly platform?: Platform | undefined;
  readonly caller: string;
  readonly callerId?: string | undefined;
  /** The test call, if one was placed. */
  readonly callId?: string | undefined;
  /** The same id, under sipgate's name. */
  readonly sessionId?: string | undefined;
}

/** login: where to sign in. The first object. */
export interface JsonSignInUrl {
  readonly type: "sign-in-url";
  readonly url: string;
}

/** login: signed in. The second object. */
export interface JsonSignedIn extends User, JsonStored {
  readonly type: "signed-in";
  readonly platform?: Platform | undefined;
  /** What became of an older sign-in under this name, at sipgate. Absent if there was none. */
  readonly olderSignIn?: "ended" | "still-valid" | undefined;
}

/** logout */
export interface JsonSignedOut {
  readonly type: "signed-out";
  readonly profile: string;
  /** Whether the sign-in was also ended at sipgate. */
  readonly revoked: boolean;
}

/** profiles */
export interface JsonProfiles {
  readonly type: "profiles";
  readonly profiles: readonly JsonProfile[];
}

export interface JsonProfile {
  readonly name: string;
  /** Whether it's used when --profile isn't given. */
  readonly default: boolean;
  readonly readable: boolean;
  readonly user?: string | undefined;
  readonly account?: string | undefined;
  readonly platform?: Platform | undefined;
  readonly baseUrl?: string | undefined;
  readonly signedInUntil?: string | undefined;
}

/** config: the settings, and where they come from. */
export interface JsonConfig {
  readonly type: "config";
  /** The path of the file with settings, such as .env. */
  readonly file: string;
  readonly fileExists: boolean;
  /** Which credentials are used, in words. */
  readonly credentials: string;
  /** The folder of the sign-ins. */
  readonly signIns: string;
  /** The folder of what is remembered between runs. */
  readonly state: string;
  readonly settings: readonly JsonConfigSetting[];
}

export interface JsonConfigSetting {
  readonly name: string;
  /** Absent if it's secret. */
  readonly value?: string | undefined;
  /** Such as `--caller`, `CALLER in .env` or `default`. */
  readonly from: string;
}

/** Errors that only the command line has, each one stable word for scripts. */
export type CommandErrorCode =
  | "blocked"
  | "several-calls"
  | "just-placed"
  | "not-redialled"
  | "no-such-contact"
  | "several-contacts"
  | "output-failed";

/** Standard error, from any command: why it failed. */
export interface JsonError {
  readonly type: "error";
  readonly code: CallErrorCode | CommandErrorCode | "usage" | "internal";
  readonly message: string;
  readonly remedy?: string | undefined;
  /** Whether anything was dialled. Absent with `internal`. */
  readonly placed?: Placed | undefined;
  readonly status?: number | undefined;
  readonly response?: string | undefined;
  readonly reason?: ForbiddenReason | undefined;
  /** Seconds. */
  readonly retryAfterSeconds?: number | undefined;
  readonly search?: CallSearch | undefined;
  readonly problems?: readonly Problem[] | undefined;
  /** With `several-contacts`: those that may be meant. */
  readonly candidates?: readonly JsonContactEntry[] | undefined;
  /** With `several-calls`: those that are running. */
  readonly calls?: readonly JsonRunningCall[] | undefined;
}

/** The first trace with --verbose. */
export interface VersionsTrace {
  readonly kind: "versions";
  readonly sipgateCall: string;
  readonly node: string;
  /** Such as `linux x64`. */
  readonly system: string;
}

/** Standard error, with --verbose: a request, or what else goes into a bug report. */
export type JsonTrace = { readonly type: "trace" } & (TraceEvent | VersionsTrace);

/** What standard output may hold. */
export type JsonResult =
  | JsonPlaced
  | JsonState
  | JsonOutcome
  | JsonNotice
  | JsonWarning
  | JsonDryRun
  | JsonPreflight
  | JsonDevices
  | JsonNumbers
  | JsonContact
  | JsonContacts
  | JsonChannels
  | JsonCalls
  | JsonBalance
  | JsonPastCall
  | JsonDone
  | JsonUser
  | JsonSettings
  | JsonSignInUrl
  | JsonSignedIn
  | JsonSignedOut
  | JsonProfiles
  | JsonConfig;

/** Everything that --json prints. */
export type JsonObject = JsonResult | JsonError | JsonTrace;
