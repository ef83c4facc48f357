// What the server and the page say to each other. Types only: both sides are built from this file.
import type { CallErrorCode, CallState, CheckName, EndCause, Evidence, Placed } from "sipgate-call";
import type { WireDesk } from "./list-wire.js";

export type * from "./list-wire.js";

/** A phone that can be rung first. */
export interface WireDevice {
  readonly id: string;
  readonly name: string;
  readonly kind: "phone" | "mobile" | "external" | "app" | "line";
  /** Undefined if sipgate doesn't say. */
  readonly online: boolean | undefined;
  readonly dnd: boolean | undefined;
}

/** What a browser registers with as a phone. A secret: it never enters storage, a URL or a log. */
export interface WireSipAccount {
  readonly username: string;
  readonly password: string;
  readonly server: string;
  readonly websocketUrl: string;
}

/** A number of the account's, which a callee can be shown. */
export interface WireNumber {
  readonly number: string;
  readonly formatted: string;
}

export interface WireContact {
  readonly name: string;
  readonly organization: string | undefined;
  readonly numbers: readonly WireNumber[];
}

/** What the page needs to know of the account. Lists that can't be read are empty and named in `unreadable`. */
export interface WireAccount {
  readonly sandbox: boolean;
  readonly profiles: readonly string[];
  readonly profile: string;
  /** The phone that is chosen until the user chooses one, if the settings name one. */
  readonly caller: string | undefined;
  /** Undefined if it can't be found out. */
  readonly platform: "classic" | "neo" | undefined;
  readonly devices: readonly WireDevice[];
  readonly numbers: readonly WireNumber[];
  readonly contacts: readonly WireContact[];
  readonly unreadable: readonly ("devices" | "numbers" | "contacts")[];
}

export interface WireReading {
  readonly number: string;
  readonly formatted: string;
  /** Two letters; undefined for numbers that belong to no single country. */
  readonly country: string | undefined;
}

export type NumberKind = "landline" | "mobile" | "free" | "premium" | "shared-cost" | "other";

export type WireNumberResult =
  | (WireReading & {
      readonly ok: true;
      readonly kind: NumberKind;
      /** Whether the number was taken out of a longer text. */
      readonly fromText: boolean;
    })
  | { readonly ok: false; readonly code: string; readonly readings: readonly WireReading[] };

export interface WireCheck {
  readonly name: CheckName;
  readonly result: "ok" | "warning" | "failed" | "unchecked";
  /** In English, from the library. */
  readonly message: string;
}

export interface WirePreflight {
  readonly checks: readonly WireCheck[];
  readonly blocked: boolean;
}

/** Why something failed. Message and remedy are the library's, in English. */
export interface WireProblem {
  readonly code: CallErrorCode | "dialer-gone";
  readonly message: string;
  readonly remedy: string;
  readonly placed: Placed;
  /** What looking for the call has shown, if its response was lost. */
  readonly found?: "likely" | "possible" | "not-seen" | "hidden" | undefined;
}

export interface WireEnd {
  readonly cause: EndCause;
  readonly party: "caller" | "callee" | "network" | "client" | undefined;
  readonly durationSeconds: number | undefined;
  readonly raw: string | undefined;
}

export interface WireChange {
  readonly state: CallState | "placing";
  /** `click`: of this page; `phone`: this browser is the phone that rang or answered. */
  readonly evidence: Evidence | "click" | "phone";
  /** ISO 8601. */
  readonly at: string;
  readonly end?: WireEnd | undefined;
}

/** A call that the page asks for. */
export interface WireCallRequest {
  /** Made by the page, once for each click: the same id never dials twice. */
  readonly id: string;
  readonly caller: string;
  readonly callee: string;
  readonly callerId?: string | undefined;
}

/** A call of this dialer's, and all that is known of it. */
export interface WireCall extends WireCallRequest {
  /** sipgate's id of it, once it's placed: with it a dialer that was restarted takes the call up again. */
  readonly callId?: string | undefined;
  /** Set if it's to a contact of a call list: then only the list says whether it's called again. */
  readonly listed?: { readonly list: string; readonly name: string | undefined } | undefined;
  readonly profile: string;
  readonly platform: "classic" | "neo" | undefined;
  readonly calleeFormatted: string;
  readonly changes: readonly WireChange[];
  readonly muted: boolean;
  readonly held: boolean;
  readonly recording: boolean;
  readonly problem?: WireProblem | undefined;
}

export type WireControl =
  | { readonly action: "hang-up" }
  | { readonly action: "mute" | "hold" | "record"; readonly on: boolean }
  | { readonly action: "tones"; readonly tones: string }
  | { readonly action: "transfer"; readonly to: string; readonly attended: boolean };

/** Past calls, newest first. */
export interface WireHistory {
  readonly calls: readonly WirePastCall[];
  /** Whether there are no others. */
  readonly isAll: boolean;
}

export interface WirePastCall {
  readonly callId: string | undefined;
  readonly number: string | undefined;
  readonly formatted: string;
  readonly incoming: boolean;
  readonly startedAt: string | undefined;
  readonly end: WireEnd;
}

/** What the server tells without being asked. */
export type WireEvent =
  | {
      readonly kind: "hello";
      readonly calls: readonly WireCall[];
      /** Undefined if there are no call lists here. */
      readonly desk: WireDesk | undefined;
    }
  | { readonly kind: "call"; readonly call: WireCall }
  | { readonly kind: "desk"; readonly desk: WireDesk };
