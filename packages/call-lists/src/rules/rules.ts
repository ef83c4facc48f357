// Whether a contact may be dialled now. No input or output: it can be judged again at any moment, and is, in the
// transaction that marks the contact as being dialled.
import type { Facts } from "./facts.js";

export type RuleName =
  | "agent"
  | "wrap-up"
  | "do-not-call"
  | "consent"
  | "shown-number"
  | "unknown-outcome"
  | "finished"
  | "call-back"
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

export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** Every rule that doesn't allow the call, at least one. */
      readonly reasons: readonly [Reason, ...Reason[]];
      /** When all rules allow it at the earliest, as far as is known now. Undefined if time alone changes nothing. */
      readonly earliest: Date | undefined;
    };

export declare function judgeContact(facts: Facts): Verdict;
