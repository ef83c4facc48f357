// On which days and at which hours a callee may be called.
import { germanHolidays, type Holiday } from "./german-holidays.js";
import { nameOfState } from "./german-states.js";
import type { Hours, ListSettings } from "./list-settings.js";
import { instantOf, type LocalTime, localTime, nextDate } from "./local-time.js";
import type { State } from "./place.js";

/** The hours of a day in minutes since midnight, or why there are none. */
export type Day =
  | { readonly isOpen: true; readonly from: number; readonly to: number }
  | { readonly isOpen: false; readonly rule: "sunday" | "holiday" | "hours"; readonly message: string };

export function dayOf(
  { date, weekday }: Pick<LocalTime, "date" | "weekday">,
  settings: ListSettings,
  states: readonly State[],
): Day {
  if (settings.closedDays.includes(date))
    return { isOpen: false, rule: "holiday", message: `The list places no calls on ${date}.` };
  const holiday = states.length === 0 ? undefined : holidayOn(date, settings, states);
  if (holiday !== undefined)
    return { isOpen: false, rule: "holiday", message: holidayInWords(holiday, states) };
  if (weekday === 0) return hoursOr(settings.sundayHours, "sunday", "Nobody is called on Sundays.");
  if (weekday === 6)
    return hoursOr(settings.saturdayHours, "hours", "The list places no calls on Saturdays.");
  return hoursOr(settings.weekdayHours, "hours", "The list places no calls from Monday to Friday.");
}

function hoursOr(hours: Hours | "none", rule: "sunday" | "hours", message: string): Day {
  if (hours === "none") return { isOpen: false, rule, message };
  const [from, to] = hours;
  return { isOpen: true, from: minutesOf(from), to: minutesOf(to) };
}

function holidayOn(date: string, { holidays }: ListSettings, states: readonly State[]): Holiday | undefined {
  if (holidays === "none") return undefined;
  return germanHolidays(date).find(
    (holiday) =>
      holiday.states === undefined ||
      (holidays === "possible-states" && states.some((state) => holiday.states?.includes(state))),
  );
}

function holidayInWords(holiday: Holiday, states: readonly State[]): string {
  if (holiday.states === undefined) return `It's ${holiday.name}, a holiday in all of Germany.`;
  const where = states.filter((state) => holiday.states?.includes(state)).map(nameOfState);
  const certain = where.length === states.length ? "where the callee is" : "where the callee may be";
  return `It's ${holiday.name}, a holiday in ${where.join(", ")}, ${certain}.`;
}

/** @param time such as `08:00`, up to `24:00` */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** What is open within this many days is found. */
const DAYS_AHEAD = 60;

/** The first moment, now or later, at which a zone's calendar and clock allow calls; undefined if none comes soon. */
export function nextOpening(
  now: Date,
  timeZone: string,
  settings: ListSettings,
  states: readonly State[],
): Date | undefined {
  let { date, weekday } = localTime(now, timeZone);
  for (let day = 0; day < DAYS_AHEAD; day++) {
    const hours = dayOf({ date, weekday }, settings, states);
    if (hours.isOpen && now < instantOf(date, hours.to, timeZone)) {
      const opens = instantOf(date, hours.from, timeZone);
      return now < opens ? opens : now;
    }
    date = nextDate(date);
    weekday = (weekday + 1) % 7;
  }
  return undefined;
}
