// Rules as a person or a database gives them: checked once, here.
import { InvalidSettingsError, type Problem } from "sipgate-call";
import { DEFAULT_SETTINGS, type ListChanges, type ListSettings } from "./list-settings.js";
import { isDate } from "./local-time.js";

/** What is wrong with a value, if anything. */
type Check = (value: unknown) => string | undefined;

const CHECKS: Readonly<Record<keyof ListSettings, Check>> = {
  weekdayHours: hours,
  saturdayHours: hours,
  sundayHours: hours,
  holidays: oneOf("possible-states", "nationwide", "none"),
  closedDays: (value) =>
    Array.isArray(value) && value.every(isDate) ? undefined : "It isn't a list of days such as 2026-12-24.",
  attemptsADay: whole(1, 1_000),
  attemptsAWeek: whole(1, 1_000),
  attemptsPerList: whole(1, 10_000),
  retry: retries,
  retryAfterDisposition: whole(1, 525_600),
  consentRequired: (value) => (typeof value === "boolean" ? undefined : "It's neither true nor false."),
  wrapUpSeconds: whole(0, 3_600),
};

export const isSettingName = (name: string): name is keyof ListSettings => Object.hasOwn(CHECKS, name);

export const SETTING_NAMES: readonly string[] = Object.keys(CHECKS);

/**
 * Changes of the rules, checked.
 *
 * @throws InvalidSettingsError naming everything that's wrong with them
 */
export function checkChanges(changes: unknown): ListChanges {
  if (!isObject(changes)) throw new InvalidSettingsError([problemOf("rules", "They aren't an object.")]);
  const problems = Object.entries(changes).flatMap(([name, value]) => {
    if (!isSettingName(name)) return [problemOf(name, "There is no such rule.")];
    const wrong = CHECKS[name](value);
    return wrong === undefined ? [] : [problemOf(name, wrong)];
  });
  if (problems.length > 0) throw new InvalidSettingsError(problems);
  return changes;
}

function problemOf(field: string, message: string): Problem {
  return { field, code: "invalid", message, remedy: "docs/call-lists.md has all rules with examples." };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

function hours(value: unknown): string | undefined {
  if (value === "none") return undefined;
  const isPair = Array.isArray(value) && value.length === 2 && value.every((time) => TIME.test(String(time)));
  if (!isPair) return 'It\'s neither "none" nor two times such as 08:00 and 20:00.';
  return String(value[0]) < String(value[1]) ? undefined : "The second time isn't later than the first.";
}

function oneOf(...words: readonly string[]): Check {
  return (value) => (words.some((word) => word === value) ? undefined : `It's none of ${words.join(", ")}.`);
}

function whole(least: number, most: number): Check {
  return (value) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `It isn't a whole number from ${least} to ${most}.`;
}

function retries(value: unknown): string | undefined {
  if (!isObject(value)) return "It isn't an object with causes.";
  const minutes = whole(1, 525_600);
  for (const [cause, pause] of Object.entries(value)) {
    if (!Object.hasOwn(DEFAULT_SETTINGS.retry, cause)) return `"${cause}" isn't a cause.`;
    if (pause !== "never" && minutes(pause) !== undefined)
      return `For "${cause}", it's neither "never" nor a whole number of minutes.`;
  }
  return undefined;
}
