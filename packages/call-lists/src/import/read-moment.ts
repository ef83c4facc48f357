import { instantOf, isDate } from "../rules/local-time.js";

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const GERMAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?(?: Uhr)?)?$/;

/**
 * A date, with or without a time, as people and programs write it: `2026-11-27`, `2026-11-27T10:30Z`,
 * `27.11.2026 10:30`. Undefined if there is no such date.
 *
 * @param timeZone of times that name none
 */
export function readMoment(text: string, timeZone = "Europe/Berlin"): Date | undefined {
  const iso = ISO.exec(text);
  const german = GERMAN.exec(text);
  const [year, month, day, hour, minute, second] =
    iso !== null ? iso.slice(1, 7) : german !== null ? [3, 2, 1, 4, 5, 6].map((group) => german[group]) : [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (!isDate(date)) return undefined;
  const [hours, minutes, seconds] = [hour, minute, second].map((digits) => Number(digits ?? 0));
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const zone = iso?.[7];
  if (zone !== undefined) return new Date(text.replace(" ", "T").replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return new Date(instantOf(date, hours * 60 + minutes, timeZone).getTime() + seconds * 1_000);
}
