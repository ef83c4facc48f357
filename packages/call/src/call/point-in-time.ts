/**
 * A point in time as people write it: 2026-11-01, 01.11.2026, or ISO 8601 with a time. A day alone is in this machine's
 * time zone and stands for its beginning or its end.
 *
 * @returns undefined if it isn't one
 */
export function pointInTime(text: string, partOfDay: "beginning" | "end"): Date | undefined {
  const [year, month, day] = dayIn(text.trim());
  if (year !== undefined && month !== undefined && day !== undefined) {
    const begin = new Date(year, month - 1, day);
    if (begin.getMonth() !== month - 1 || begin.getDate() !== day) return undefined; // E.g. the 31st of February.
    return partOfDay === "beginning" ? begin : new Date(year, month - 1, day, 23, 59, 59, 999);
  }
  const isComplete = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/.test(
    text.trim(),
  );
  const time = isComplete ? new Date(text.trim()) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time;
}

function dayIn(text: string): (number | undefined)[] {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso !== null) return [Number(iso[1]), Number(iso[2]), Number(iso[3])];
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  return german === null ? [] : [Number(german[3]), Number(german[2]), Number(german[1])];
}
