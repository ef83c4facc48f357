// Texts of only digits and separators that may nevertheless mean several numbers. Joined together, the digits
// of two numbers may well be somebody's number.
import { printable } from "../text/printable.js";
import { alternatives, digitsOf } from "./alternatives.js";
import { severalNumbers } from "./foreign-characters.js";
import { germanNumber, LONGEST_GERMAN_NUMBER } from "./german-numbers.js";
import type { Doubt } from "./phone-number-result.js";
import { areaCodeEnds, digitsBefore, type WrittenNumber } from "./written-number.js";

/** @param country in which numbers without a country code are dialled */
export function doubtOf(written: WrittenNumber, country: string): Doubt | undefined {
  return (
    doubtOfTwoEmergencyNumbers(written) ??
    doubtOfPlus(written) ??
    doubtOfDots(written) ??
    doubtOfTwoWholeNumbers(written, country) ??
    doubtOfBrackets(written) ??
    doubtOfSlashes(written, country) ??
    doubtOfRange(written, country) ??
    doubtOfRepetition(written) ??
    doubtOfTail(written, country) ??
    doubtOfLastDigit(written, country) ??
    doubtOfMissingDigits(written) ??
    doubtOfDecimals(written)
  );
}

/** 110/112 */
function doubtOfTwoEmergencyNumbers({ text, groups }: WrittenNumber): Doubt | undefined {
  return groups.every((group) => /^11[02]$/.test(group)) ? severalNumbers(text, groups) : undefined;
}

function doubtOfPlus(written: WrittenNumber): Doubt | undefined {
  const { text, separators, digits } = written;
  if (/\+.*\+/.test(separators[0] ?? "")) return ambiguous(text, "has two pluses.", [digits]);
  if (digits.startsWith("+0"))
    return ambiguous(text, "has a 0 after the plus.", [digits.slice(1), digits.replace(/^\+0+/, "+")]);
  const second = separators.findIndex((separator, index) => index > 0 && separator.includes("+"));
  return second === -1 ? undefined : severalNumbers(text, splitBefore(written, second));
}

/** 030 23125000 069 90009000, or 030 23125000 23125001: no number together, but two apart. */
function doubtOfTwoWholeNumbers(written: WrittenNumber, country: string): Doubt | undefined {
  const { text, groups, digits } = written;
  const isGerman = (number: string) => germanNumber(number, country) !== undefined;
  if (isGerman(digits)) return undefined;
  const start = groups.findIndex((group, index) => {
    const lengthOf = (from: number, to?: number) => groups.slice(from, to).join("").length;
    const isAsLong = [1, 2].some((local) => lengthOf(local, index) === lengthOf(index));
    const mayBegin = index > 0 && (group.startsWith("0") || isAsLong);
    return mayBegin && alternatives(splitBefore(written, index)).every(isGerman);
  });
  return start === -1 ? undefined : severalNumbers(text, splitBefore(written, start));
}

/** 23125-0..9 */
function doubtOfDots({ text, separators }: WrittenNumber): Doubt | undefined {
  if (!separators.some((separator) => /\. ?\./.test(separator))) return undefined;
  return severalNumbers(text, text.split(/\.[. ]*/));
}

/** Only what begins a number stands in brackets: (030) …, +49 (30) …, and (0) after a country code. */
function doubtOfBrackets(written: WrittenNumber): Doubt | undefined {
  const { text, groups, separators, hasPlus } = written;
  const odd = groups.findIndex((group, index) => {
    if (!/[([]/.test(separators[index] ?? "")) return false;
    const before = groups.slice(0, index).join("");
    const isZeroAlone = group === "0" && /[)\]]/.test(separators[index + 1] ?? "");
    if (!isZeroAlone) return before.length > 5;
    return before !== "" && !(hasPlus ? /^[1-9]\d{0,2}$/ : /^(?:00)?[1-9]\d{0,2}$/).test(before);
  });
  if (odd === -1) return undefined;
  const without = text.replace(/[([][^()[\]]*[)\]]?/g, (bracket, at: number) =>
    digitsOf(text.slice(0, at)).length >= digitsBefore(written, odd) ? "" : bracket,
  );
  return ambiguous(text, "has digits in brackets, which may not be a part of the number.", [
    digitsOf(without),
    written.digits,
  ]);
}

/** A slash stands after an area code. Anywhere else it separates two numbers, of which the last digits differ. */
function doubtOfSlashes(written: WrittenNumber, country: string): Doubt | undefined {
  const { text, groups, separators, digits } = written;
  const slashes = separators.flatMap((separator, index) => (separator.includes("/") ? [index] : []));
  const ends = areaCodeEnds(written, country);
  // Abroad it isn't known how long area codes are, but nobody writes them in two parts.
  const most = /^\+(?!49)|^00(?!49)/.test(digits) ? 2 : 1;
  const isGerman = /^(?:\+|00)49/.test(digits) || (country === "DE" && most === 1);
  const isLate = (index: number) => groups.slice(0, index).filter((group) => group !== "0").length > most;
  const odd = slashes.filter(
    (index) =>
      separators[index]?.includes("-") ||
      !ends.includes(digitsBefore(written, index)) ||
      (!isGerman && isLate(index)),
  );
  if (odd.length === 0) return undefined;
  // 030/23125/000/01: what stands before the first odd slash is too short for a number of its own.
  const whole = odd.filter((index) => digitsBefore(written, index) >= SHORTEST_WHOLE);
  if (whole.length > 0) return severalNumbers(text, splitBefore(written, ...whole));
  const [before = ""] = splitBefore(written, ...odd);
  return { ...severalNumbers(text, []), candidates: [before, digits] };
}

/** Digits, with the 0 or the country code. */
const SHORTEST_WHOLE = 9;

/** 030 23125-000-005, or 030 23125 000-005; not 030-2312-5000, nor 030 23-12-50-55. */
function doubtOfRange(written: WrittenNumber, country: string): Doubt | undefined {
  const { text, groups, separators } = written;
  const last = groups.length - 1;
  const [from = "", to = ""] = groups.slice(-2);
  const ends = areaCodeEnds(written, country);
  const isDash = (index: number) => separators[index]?.trim() === "-";
  const mayEnd = (index: number) =>
    (groups[index]?.length ?? 0) <= 4 && digitsBefore(written, index) - Math.max(...ends) >= 2;
  if (!isDash(last)) return undefined;
  const rises = to.length === from.length && to > from;
  const areAlike = to.length > 2 && to.slice(0, -2) === from.slice(0, -2);
  if (!mayEnd(last - 1) || to.length > 4 || isMobile(written))
    return rises && areAlike ? rangeOrNumber(written) : undefined;
  const area = groups.findLastIndex((_, index) => ends.includes(digitsBefore(written, index)));
  if (isGroupedEvenly(groups.slice(Math.max(area, 0)))) return undefined;
  if (isDash(last - 1) && (to.length <= from.length || from === "0")) {
    const listed = groups.flatMap((_, index) => (isDash(index) && mayEnd(index) ? [index] : [])).slice(1);
    return severalNumbers(text, splitBefore(written, ...listed));
  }
  return rises ? rangeOrNumber(written) : undefined;
}

function rangeOrNumber(written: WrittenNumber): Doubt {
  const { text, groups, digits } = written;
  const { candidates, ...doubt } = severalNumbers(text, splitBefore(written, groups.length - 1));
  return { ...doubt, candidates: [...candidates, digits] };
}

/** In twos or threes from the right, as many people write all their numbers. */
function isGroupedEvenly([first = "", ...others]: readonly string[]): boolean {
  const length = others[0]?.length ?? 0;
  return length > 1 && first.length <= length && others.every((group) => group.length === length);
}

/** 0221 4710 123 0221 4710 124 */
function doubtOfRepetition(written: WrittenNumber): Doubt | undefined {
  const { text, groups } = written;
  const [first = ""] = groups;
  const again = groups.findIndex((group, index) => index > 0 && group === first);
  if (!/^0\d{2,}/.test(first) || again === -1) return undefined;
  return severalNumbers(text, splitBefore(written, again));
}

/** 030 23125000-01: a whole number, and digits after it that make it longer than any number that's given out. */
function doubtOfTail(written: WrittenNumber, country: string): Doubt | undefined {
  const { groups, digits } = written;
  const last = groups.length - 1;
  const prefix = (country === "DE" ? /^(?:(?:\+|00)?490?|0)(?=[1-9])/ : /^\+490?/).exec(digits)?.[0];
  if (prefix === undefined || (groups[last]?.length ?? 0) > 4) return undefined;
  const national = digits.length - prefix.length;
  const before = national - (groups[last]?.length ?? 0);
  if (national <= LONGEST_GERMAN_NUMBER || before < LONGEST_GERMAN_NUMBER - 1) return undefined;
  return rangeOrNumber(written);
}

/** 030 23125000 1: one digit apart from a number that is long enough. With a dash it's an extension (DIN 5008). */
function doubtOfLastDigit(written: WrittenNumber, country: string): Doubt | undefined {
  const { text, groups, separators, digits } = written;
  const isApart =
    separators.at(-1) === " " && groups.at(-1)?.length === 1 && (groups.at(-2)?.length ?? 0) > 4;
  if (!isApart || isMobile(written)) return undefined;
  const before = germanNumber(digits.slice(0, -1), country);
  if (before === undefined || before.length - "+49".length < LONGEST_GERMAN_NUMBER - 1) return undefined;
  return ambiguous(text, "has one digit apart from the others.", [digits.slice(0, -1), digits]);
}

/** 030 23125000.5, 0221 4710.0: the end may be decimals of a spreadsheet. */
function doubtOfDecimals({ text, digits }: WrittenNumber): Doubt | undefined {
  if (!/\. ?\d$|\d{5}\.\d\d$/.test(text)) return undefined;
  return ambiguous(text, "may have decimals.", [digitsOf(text.slice(0, text.lastIndexOf("."))), digits]);
}

/** 030 23125- */
function doubtOfMissingDigits({ text, digits }: WrittenNumber): Doubt | undefined {
  return /[-/] ?$/.test(text) ? ambiguous(text, "ends as if digits were missing.", [digits]) : undefined;
}

function isMobile({ digits }: WrittenNumber): boolean {
  return /^(?:\+49|0049|49)?0?1[567]/.test(digits);
}

/** The text in parts, each of which begins with one of these groups. */
function splitBefore({ hasPlus, groups, separators }: WrittenNumber, ...starts: number[]): string[] {
  const bounds = [0, ...starts, groups.length];
  return bounds.slice(0, -1).map((start, index) => {
    const plus = start === 0 ? hasPlus : separators[start]?.endsWith("+");
    return (plus ? "+" : "") + groups.slice(start, bounds[index + 1]).join("");
  });
}

export function ambiguous(text: string, what: string, candidates: readonly string[]): Doubt {
  const message = `"${printable(text)}" ${what}`;
  return { code: "ambiguous", message, remedy: "Write it like +49 30 23125 000.", candidates };
}
