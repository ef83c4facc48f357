// What a team sets for a list. The defaults are the stricter reading of the German rules; docs/call-lists.md says which
// rule each is from.
import type { EndCause } from "sipgate-call";

/** From one time of day to another, such as `["08:00", "20:00"]`. The second isn't within. */
export type Hours = readonly [from: string, to: string];

/** How long to wait before the next attempt, in minutes. `never` ends the contact. */
export type RetryAfter = number | "never";

export interface ListSettings {
  /** Monday to Friday. Default: 08:00 to 20:00. */
  readonly weekdayHours: Hours | "none";
  /** Default: 09:00 to 18:00. */
  readonly saturdayHours: Hours | "none";
  /** Default: `none`. */
  readonly sundayHours: Hours | "none";
  /**
   * On which holidays nobody is called. `possible-states`: those of any state that a number may be in. `nationwide`:
   * those of all of Germany. Default: `possible-states`.
   */
  readonly holidays: "possible-states" | "nationwide" | "none";
  /** More days without calls, each `YYYY-MM-DD`. Default: none. */
  readonly closedDays: readonly string[];
  /** In one day of the callee's calendar, by all lists together. Default: 3. */
  readonly attemptsADay: number;
  /** In seven days, by all lists together. Default: 15. */
  readonly attemptsAWeek: number;
  /** By this list. Default: 30. */
  readonly attemptsPerList: number;
  /** When to try again, by why the last call ended. */
  readonly retry: Readonly<Record<EndCause, RetryAfter>>;
  /** When to try again after a disposition that asks for it, such as "mailbox", in minutes. Default: 240. */
  readonly retryAfterDisposition: number;
  /** Whether only contacts with consent are called. Default: true. */
  readonly consentRequired: boolean;
  /** Time for an agent after each call, in seconds. Default: 30. */
  readonly wrapUpSeconds: number;
}

const HOURS = 60;

export const DEFAULT_SETTINGS: ListSettings = {
  weekdayHours: ["08:00", "20:00"],
  saturdayHours: ["09:00", "18:00"],
  sundayHours: "none",
  holidays: "possible-states",
  closedDays: [],
  attemptsADay: 3,
  attemptsAWeek: 15,
  attemptsPerList: 30,
  retry: {
    completed: "never",
    busy: 10,
    "no-answer": 4 * HOURS,
    rejected: 24 * HOURS,
    canceled: 4 * HOURS,
    "not-found": "never",
    unreachable: 4 * HOURS,
    forwarded: 4 * HOURS,
    blocked: "never",
    "insufficient-funds": HOURS,
    unknown: 4 * HOURS,
  },
  retryAfterDisposition: 4 * HOURS,
  consentRequired: true,
  wrapUpSeconds: 30,
};

/** What differs from the defaults. `retry` changes only the causes that it names. */
export interface ListChanges extends Partial<Omit<ListSettings, "retry">> {
  readonly retry?: Partial<ListSettings["retry"]> | undefined;
}

export function withDefaults(changes: ListChanges): ListSettings {
  return {
    ...DEFAULT_SETTINGS,
    ...changes,
    retry: { ...DEFAULT_SETTINGS.retry, ...changes.retry },
  };
}
