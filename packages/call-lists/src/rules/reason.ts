import type { Facts } from "./facts.js";

export type RuleName =
  | "do-not-call"
  | "consent"
  | "shown-number"
  | "agent"
  | "wrap-up"
  | "unknown-outcome"
  | "call-back"
  | "running"
  | "finished"
  | "retry"
  | "attempts-day"
  | "attempts-week"
  | "attempts-list"
  | "time-zone"
  | "sunday"
  | "holiday"
  | "hours";

/** A rule that doesn't allow the call. */
export interface Reason {
  readonly rule: RuleName;
  /** For people, a sentence. */
  readonly message: string;
  /** When this rule allows it at the earliest. Undefined if time alone changes nothing. */
  readonly until: Date | undefined;
}

/** Undefined if it allows the call. */
export type Rule = (facts: Facts) => Reason | undefined;
