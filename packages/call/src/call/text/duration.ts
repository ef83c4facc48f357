const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration as people say it, rounded: `20 seconds`, `about 5 minutes`, `about 22 hours`, `about 3 days`. */
export function inWords(seconds: number): string {
  if (seconds < 2 * MINUTE) return counted(Math.ceil(seconds), "second");
  if (seconds < 2 * HOUR) return `about ${counted(Math.round(seconds / MINUTE), "minute")}`;
  if (seconds < 2 * DAY) return `about ${counted(Math.round(seconds / HOUR), "hour")}`;
  return `about ${counted(Math.round(seconds / DAY), "day")}`;
}

/** A limit, exactly: `1 second`, `90 seconds`, `5 minutes`. */
export function limitInWords(seconds: number): string {
  const isWholeMinutes = seconds >= 2 * MINUTE && seconds % MINUTE === 0;
  return isWholeMinutes ? counted(seconds / MINUTE, "minute") : counted(seconds, "second");
}

/**
 * When something may be tried again: `in 20 seconds`, `in about 22 hours, at 14:05 tomorrow`. Times are this machine's.
 *
 * @param now when the wait begins
 */
export function inTime(seconds: number, now: Date): string {
  if (seconds < 2 * MINUTE) return `in ${inWords(seconds)}`;
  return `in ${inWords(seconds)}, ${momentInWords(new Date(now.getTime() + seconds * 1000), now)}`;
}

function momentInWords(moment: Date, now: Date): string {
  const time = `at ${twoDigits(moment.getHours())}:${twoDigits(moment.getMinutes())}`;
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  if (isSameDay(moment, now)) return time;
  if (isSameDay(moment, tomorrow)) return `${time} tomorrow`;
  return `on ${moment.getFullYear()}-${twoDigits(moment.getMonth() + 1)}-${twoDigits(moment.getDate())}`;
}

function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
