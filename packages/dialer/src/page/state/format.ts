import { computed } from "@preact/signals";
import { language } from "../words/words.js";

/** Seconds as on a clock: 4:12, 1:04:12. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const pad = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

/** A number isn't broken between its groups of digits. */
export const unbroken = (text: string): string =>
  text.replace(/\+[\d ]+\d/g, (number) => number.replaceAll(" ", "\u00a0"));

/** Making one takes longer than using it for a whole list. */
const times = computed(() => {
  const format = (second: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language.value, {
      hour: "numeric",
      minute: "2-digit",
      hourCycle: "h23",
      ...second,
    });
  return { withSeconds: format({ second: "2-digit" }), withoutSeconds: format({}) };
});

export const timeOfDay = (at: string, withSeconds = true): string =>
  times.value[withSeconds ? "withSeconds" : "withoutSeconds"].format(new Date(at));

export const countryName = (code: string | undefined): string | undefined =>
  code === undefined ? undefined : new Intl.DisplayNames([language.value], { type: "region" }).of(code);

/** The same for all times of one day. */
export const dayOf = (at: string): string => new Date(at).toDateString();

export function dayName(at: string, today: string, yesterday: string): string {
  const day = dayOf(at);
  const now = new Date();
  if (day === now.toDateString()) return today;
  now.setDate(now.getDate() - 1);
  if (day === now.toDateString()) return yesterday;
  return new Date(at).toLocaleDateString(language.value, { day: "numeric", month: "long", year: "numeric" });
}
