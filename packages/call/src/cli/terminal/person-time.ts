// Times as people say them: `today 14:03`, `Thu 26 Nov 9:40`. Scripts get ISO 8601 instead.

/** A time zone of the ICU's; undefined is this machine's own. */
export type Zone = "UTC" | undefined;
export const localZone: Zone = undefined;

export function personTime(time: Date, zone: Zone, now = new Date()): string {
  const clock = partsOf(time, zone, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  const at = `${Number(clock.hour)}:${clock.minute}`;
  if (dayOf(time, zone) === dayOf(now, zone)) return `today ${at}`;
  const { weekday, day, month, year } = partsOf(time, zone, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const isThisYear = year === partsOf(now, zone, { year: "numeric" }).year;
  return isThisYear ? `${weekday} ${day} ${month} ${at}` : `${day} ${month} ${year} ${at}`;
}

/** A time as spreadsheets read it: `2026-11-27 14:03:02`. */
export function sheetTime(time: Date, zone: Zone): string {
  const { hour, minute, second } = partsOf(time, zone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return `${dayOf(time, zone)} ${hour}:${minute}:${second}`;
}

function dayOf(time: Date, zone: Zone): string {
  const { year, month, day } = partsOf(time, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
  return `${year}-${month}-${day}`;
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function partsOf(time: Date, zone: Zone, options: Intl.DateTimeFormatOptions): Parts {
  const parts = formatFor(zone, options).formatToParts(time);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Kept: making one takes far longer than using it, and a history may have thousands of calls. */
function formatFor(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  formats.set(key, format);
  return format;
}
