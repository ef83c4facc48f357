// What the server and the page say to each other of call lists. Types only.

/** A rule that doesn't allow a call. */
export interface WireReason {
  readonly rule: string;
  /** In English, from sipgate-call-lists. */
  readonly message: string;
  /** From when on this rule allows it, ISO 8601; undefined if time alone changes nothing. */
  readonly until: string | undefined;
}

export interface WireListAttempt {
  readonly at: string;
  readonly cause: string;
  readonly disposition: string | undefined;
  readonly note: string | undefined;
  readonly agent: string | undefined;
  readonly ofThisList: boolean;
}

/** When, how, what for and in which words somebody agreed to be called. */
export interface WireConsent {
  readonly givenAt: string;
  readonly how: string;
  readonly purpose: string;
  readonly words: string;
}

/** A contact in the agent's hands. */
export interface WireListContact {
  readonly id: string;
  readonly number: string;
  readonly formatted: string;
  readonly name: string | undefined;
  readonly company: string | undefined;
  readonly notes: string | undefined;
  readonly extra: Readonly<Record<string, string>>;
  readonly callBackAt: string | undefined;
  /** Oldest first. */
  readonly consents: readonly WireConsent[];
  /** Oldest first. */
  readonly attempts: readonly WireListAttempt[];
}

export interface WireDisposition {
  readonly name: string;
  readonly effect: "done" | "retry" | "call-back" | "do-not-call";
}

export interface WireSaid {
  readonly disposition?: string | undefined;
  readonly note?: string | undefined;
  readonly callBackAt?: string | undefined;
}

/** Why nothing came of what the agent asked for. Message and remedy are in English. */
export interface WireListProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** When it's worth another try. */
  readonly until?: string | undefined;
}

/** What an agent has before them. */
export type WireDeskState =
  | { readonly kind: "away" | "paused" | "stopped" }
  | { readonly kind: "nobody"; readonly reason: WireReason | undefined; readonly nextAt: string | undefined }
  | { readonly kind: "contact" | "lost"; readonly contact: WireListContact }
  | { readonly kind: "calling"; readonly contact: WireListContact; readonly requestId: string }
  | {
      readonly kind: "refused";
      readonly contact: WireListContact;
      readonly reasons: readonly WireReason[];
      /** When all rules allow it at the earliest. */
      readonly earliest: string | undefined;
    }
  | {
      readonly kind: "over";
      readonly contact: WireListContact;
      readonly requestId: string;
      readonly cause: string;
      readonly isUnknown: boolean;
      readonly durationSeconds: number | undefined;
      /** When the wrap-up time is over. */
      readonly wrapUpUntil: string;
    };

/** The agent who works at this dialer, on one list at a time. */
export interface WireDesk {
  /** Counts up with each change: an answer that comes late doesn't hide what has happened since. */
  readonly revision: number;
  /** Undefined if nobody is at work. */
  readonly at:
    | {
        readonly list: string;
        readonly agent: string;
        /** The agent's phone, which rings first. */
        readonly caller: string;
        readonly dispositions: readonly WireDisposition[];
      }
    | undefined;
  readonly now: WireDeskState;
  readonly problem: WireListProblem | undefined;
}

/** How far a list has come. */
export interface WireListStatus {
  readonly list: string;
  readonly state: "running" | "paused" | "stopped";
  readonly due: number;
  readonly held: number;
  readonly later: number;
  readonly dialling: number;
  readonly unknown: number;
  readonly done: number;
}

/** A contact of whom it isn't known whether they were reached. */
export interface WireUnknownContact {
  readonly id: string;
  readonly formatted: string;
  readonly name: string | undefined;
  readonly startedAt: string | undefined;
  readonly agent: string | undefined;
}

/** What the server answers to whatever is asked of call lists. */
export interface WireLists {
  readonly desk: WireDesk;
  readonly statuses: readonly WireListStatus[];
}
