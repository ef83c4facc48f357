// What a team sets for a list. The defaults are the stricter reading of the German rules.
import type { EndCause } from "sipgate-call";

/** From one time of day to another, such as `["08:00", "20:00"]`. */
export type Hours = readonly [from: string, to: string];

/** How long to wait before the next attempt, in minutes; `never` ends the contact; `person` asks a person. */
export type RetryAfter = number | "never";

export interface ListSettings {
  /** Default: Monday to Friday 08:00 to 20:00. */
  readonly weekdayHours: Hours;
  /** Default: 09:00 to 18:00. `none` for no calls. */
  readonly saturdayHours: Hours | "none";
  /** Default: `none`. */
  readonly sundayHours: Hours | "none";
  /**
   * `possible-states`: a holiday of any state that the number may be in. `nationwide`: those of all of Germany only.
   * `none`: calls on holidays, too. Default: `possible-states`.
   */
  readonly holidays: "possible-states" | "nationwide" | "none";
  /** More days without calls, each `YYYY-MM-DD`. Default: none. */
  readonly closedDays: readonly string[];
  /** Default: 3 in one day, by the callee's calendar, of all lists. */
  readonly attemptsADay: number;
  /** Default: 15 in seven days, of all lists. */
  readonly attemptsAWeek: number;
  /** Default: 30 by this list. */
  readonly attemptsPerList: number;
  /** When to try again, by why the call ended. */
  readonly retry: Readonly<Record<EndCause, RetryAfter>>;
  /** What agents may call an outcome, and when to try again after it. It counts more than the cause. */
  readonly dispositions: Readonly<Record<string, RetryAfter>>;
  /** Whether only contacts with consent may be called. Default: true. */
  readonly consentRequired: boolean;
  /** How long the callee's phone rings at least before it's given up, in seconds: 15 to 120. Default: 30. */
  readonly ringSeconds: number;
  /** Time for an agent after each call, in seconds. Default: 30. */
  readonly wrapUpSeconds: number;
  /** After how many days contacts and outcomes are deleted. Default: 90. */
  readonly retentionDays: number;
}
