// Public holidays in Germany, by the states' laws as of 2026. Our own 60 lines: see docs/architecture.md for what the
// libraries weigh.
import type { State } from "./place.js";

export interface Holiday {
  readonly name: string;
  /** Where it's a holiday; undefined for all of Germany. */
  readonly states: readonly State[] | undefined;
}

/** `MM-DD`, a name, and the states, if it isn't all of them. */
const FIXED: readonly (readonly [day: string, name: string, states?: string])[] = [
  ["01-01", "New Year's Day"],
  ["01-06", "Epiphany", "BW BY ST"],
  ["03-08", "International Women's Day", "BE MV"],
  ["05-01", "Labour Day"],
  ["08-15", "Assumption Day", "BY SL"], // In Bayern in most places only.
  ["09-20", "World Children's Day", "TH"],
  ["10-03", "German Unity Day"],
  ["10-31", "Reformation Day", "BB HB HH MV NI SH SN ST TH"],
  ["11-01", "All Saints' Day", "BW BY NW RP SL"],
  ["12-25", "Christmas Day"],
  ["12-26", "Second Day of Christmas"],
];

/** Days after Easter Sunday. */
const BY_EASTER: readonly (readonly [days: number, name: string, states?: string])[] = [
  [-2, "Good Friday"],
  [0, "Easter Sunday", "BB"],
  [1, "Easter Monday"],
  [39, "Ascension Day"],
  [49, "Whit Sunday", "BB"],
  [50, "Whit Monday"],
  [60, "Corpus Christi", "BW BY HE NW RP SL SN TH"], // In Sachsen and Thüringen in some places only.
];

/** Once only. */
const ONCE: readonly (readonly [date: string, name: string, states: string])[] = [
  ["2028-06-17", "75 Years since the Uprising of 1953", "BE"],
];

const DAY_MS = 86_400_000;
const years = new Map<number, ReadonlyMap<string, readonly Holiday[]>>();

/** @param date `YYYY-MM-DD` */
export function germanHolidays(date: string): readonly Holiday[] {
  const year = Number(date.slice(0, 4));
  const known = years.get(year) ?? holidaysOf(year);
  years.set(year, known);
  return known.get(date) ?? [];
}

function holidaysOf(year: number): Map<string, Holiday[]> {
  const found = new Map<string, Holiday[]>();
  const add = (date: string, name: string, states: string | undefined) =>
    found.set(date, [
      ...(found.get(date) ?? []),
      { name, states: states?.split(" ") as State[] | undefined },
    ]);
  for (const [day, name, states] of FIXED) add(`${year}-${day}`, name, states);
  const easter = easterSunday(year);
  for (const [days, name, states] of BY_EASTER) add(isoDate(easter + days * DAY_MS), name, states);
  add(repentanceDay(year), "Repentance Day", "SN");
  for (const [date, name, states] of ONCE) if (date.startsWith(`${year}-`)) add(date, name, states);
  return found;
}

/** The Wednesday before 23 November. */
function repentanceDay(year: number): string {
  const last = Date.UTC(year, 10, 22);
  const sinceWednesday = (new Date(last).getUTCDay() + 4) % 7;
  return isoDate(last - sinceWednesday * DAY_MS);
}

const isoDate = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The Gregorian computus, as Meeus gives it (Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((13 + 8 * b) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((90 + h + l - 7 * m) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return Date.UTC(year, month - 1, day);
}
