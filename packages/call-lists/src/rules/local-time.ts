// What clock and calendar show in a time zone, with its changes for daylight saving.

export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Since midnight by the clock. */
  readonly minutes: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** No zone changes its offset between quarters of an hour. */
const STEP_MS = 15 * MINUTE_MS;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Answers by zone and step: contacts are judged one after another at nearly the same time. */
const offsets = new Map<string, Map<number, number>>();
/** The last answer for each zone, by the minute. */
const shown = new Map<string, { readonly minute: number; readonly local: LocalTime }>();
const MOST_KEPT = 1_000;

/** @throws RangeError if there is no such zone */
export function localTime(at: Date, timeZone: string): LocalTime {
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  const last = shown.get(timeZone);
  if (last?.minute === minute) return last.local;
  const local = readLocalTime(at, timeZone);
  shown.set(timeZone, { minute, local });
  return local;
}

function readLocalTime(at: Date, timeZone: string): LocalTime {
  const local = new Date(at.getTime() + offsetMs(at.getTime(), timeZone));
  return {
    date: local.toISOString().slice(0, 10),
    weekday: local.getUTCDay(),
    minutes: local.getUTCHours() * 60 + local.getUTCMinutes(),
  };
}

/**
 * When the clock shows a time on a date: the first moment if it does twice; never before it, if clocks skip it.
 *
 * @param minutes since midnight, up to 1440
 */
export function instantOf(date: string, minutes: number, timeZone: string): Date {
  const clock = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE_MS;
  const [before, after] = [clock - DAY_MS, clock + DAY_MS].map((near) => clock - offsetMs(near, timeZone));
  const [first = Number.NaN, second = Number.NaN] = [before, after].sort((a, b) => Number(a) - Number(b));
  return new Date(first + offsetMs(first, timeZone) === clock ? first : second);
}

/** @param date `YYYY-MM-DD` */
export function nextDate(date: string): string {
  return new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);
}

const zones = new Map<string, boolean>();

/** Whether this machine knows a time zone of that name. */
export function isTimeZone(name: string): boolean {
  const known = zones.get(name) ?? canFormat(name);
  if (zones.size < MOST_KEPT) zones.set(name, known);
  return known;
}

function canFormat(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Whether it's a day of the calendar, written `YYYY-MM-DD`. */
export function isDate(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** How far the clock is ahead of UTC. */
function offsetMs(at: number, timeZone: string): number {
  const step = Math.floor(at / STEP_MS);
  const known = offsets.get(timeZone) ?? new Map<number, number>();
  const offset = known.get(step) ?? readOffset(step * STEP_MS, timeZone);
  if (known.size >= MOST_KEPT) known.clear();
  offsets.set(timeZone, known.set(step, offset));
  return offset;
}

function readOffset(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formats.set(timeZone, format);
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0"] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}
