/** When calls may be placed. */
export interface Hours {
  /** Such as `08:00`. */
  readonly from: string;
  /** The first minute that is too late, such as `20:00`; `24:00` for the end of the day. */
  readonly to: string;
  /**
   * The days of the week: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.
   *
   * @default every day
   */
  readonly days?: readonly string[] | undefined;
  /**
   * IANA's name of a time zone.
   *
   * @default `Europe/Berlin`
   */
  readonly timeZone?: string | undefined;
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const DEFAULT_ZONE = "Europe/Berlin";

/** What is wrong with hours, if anything. */
export function hoursProblem(hours: unknown): string | undefined {
  if (typeof hours !== "object" || hours === null) return "It isn't an object with from and to.";
  const { from, to, days = DAYS, timeZone = DEFAULT_ZONE, ...more } = hours as Record<string, unknown>;
  if (!isTime(from) || !isTime(to)) return 'from and to aren\'t times such as "08:00".';
  if (from >= to) return "from isn't before to.";
  if (!Array.isArray(days) || !days.every((day) => DAYS.includes(day)))
    return `days isn't a list of ${DAYS.join(", ")}.`;
  if (typeof timeZone !== "string" || !isZone(timeZone)) return "timeZone isn't the name of a time zone.";
  const [unknown] = Object.keys(more);
  return unknown === undefined ? undefined : `${unknown} isn't one of from, to, days and timeZone.`;
}

export function isWithin(hours: Hours, now: Date): boolean {
  const { time, day } = wallClock(hours, now);
  return time >= hours.from && time < hours.to && (hours.days ?? DAYS).includes(day);
}

/** Such as `mon, tue 08:00 to 20:00 (Europe/Berlin)`. */
export function hoursInWords({ from, to, days, timeZone = DEFAULT_ZONE }: Hours): string {
  return `${days === undefined ? "every day" : days.join(", ")} ${from} to ${to} (${timeZone})`;
}

function wallClock({ timeZone = DEFAULT_ZONE }: Hours, now: Date): { time: string; day: string } {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return { time: `${parts.hour}:${parts.minute}`, day: (parts.weekday ?? "").toLowerCase() };
}

function isTime(value: unknown): value is string {
  return typeof value === "string" && TIME.test(value);
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
