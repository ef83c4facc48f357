// Everything that the rules judge: plain facts, read by others within the transaction that marks a contact as being
// dialled.
import type { EndCause } from "sipgate-call";
import type { ListSettings } from "./list-settings.js";
import type { Place } from "./place.js";

export interface Facts {
  /** By the clock of the database, so machines whose clocks differ judge alike. */
  readonly now: Date;
  readonly callee: CalleeFacts;
  /**
   * Earlier attempts on the number by any list, in any order; at least those of the last seven days, and all of this
   * list.
   */
  readonly attempts: readonly Attempt[];
  readonly settings: ListSettings;
  /** Undefined if no agent waits. */
  readonly agent: AgentFacts | undefined;
  readonly shownNumber: ShownNumber;
}

export interface CalleeFacts {
  /** E.164, such as `+493023125000`. */
  readonly number: string;
  /** Where the number is at home: `await placeOf(number, { state, timeZone })`. */
  readonly place: Place;
  /** Whether the number is on the do-not-call list. */
  readonly doNotCall: boolean;
  /** Undefined if none is recorded. */
  readonly consent: Consent | undefined;
  /** When the callee asked to be called; undefined if they didn't, or if that call was placed. */
  readonly callBackAt?: Date | undefined;
}

export interface Consent {
  readonly givenAt: Date;
}

export interface Attempt {
  readonly at: Date;
  /** Whether it was by the list whose contact is judged. */
  readonly ofThisList: boolean;
  /** `unknown` if it isn't known what became of it; `running` if it isn't over. */
  readonly cause: EndCause | "running";
  /** What the agent called the outcome. It counts instead of the cause. */
  readonly disposition?: Disposition | undefined;
  /** Whether a person has looked at it and decided that the contact goes on. Asked only if the cause is `unknown`. */
  readonly reviewed?: boolean | undefined;
}

/** A team names its dispositions itself, and says what follows from each. */
export interface Disposition {
  readonly name: string;
  readonly effect: "done" | "retry" | "call-back" | "do-not-call";
}

export interface AgentFacts {
  /** When the wrap-up time after their last call ends. Undefined if they said that they are ready. */
  readonly wrapUpUntil?: Date | undefined;
}

/** The number that the callee will see. */
export interface ShownNumber {
  /** E.164. Undefined if it's withheld. */
  readonly number: string | undefined;
  /** Whether it's one of the account's. */
  readonly isOwn: boolean;
}
