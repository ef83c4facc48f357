import { ALL_GERMAN_NUMBERS, GERMAN_NUMBER_TYPES } from "./german-numbers.generated.js";

/**
 * The longest number that is given out, without +49 and the leading zero. People may append digits for their own
 * extensions, up to 13. Source: Bundesnetzagentur, "Länge von Ortsnetzrufnummern".
 */
export const LONGEST_GERMAN_NUMBER = 11;

/** Whether a German number, without +49 and the leading zero, can exist; with +49 at most 15 digits (E.164). */
export function isGermanNational(national: string): boolean {
  if (!/^\d{2,13}$/.test(national)) return false;
  // One type after the other: patterns are costly to compile, and the first ones fit nearly every number.
  return (
    fits(ALL_GERMAN_NUMBERS, national) &&
    GERMAN_NUMBER_TYPES.some(
      ([pattern, lengths]) => lengths.includes(national.length) && fits(pattern, national),
    )
  );
}

/**
 * The German number that digits stand for. They begin with +49 or, if German numbers are dialled (`country` is `DE`),
 * with 0049 or an area code. Undefined for any others, and if no such number can exist.
 */
export function germanNumber(digits: string, country: string): string | undefined {
  const national =
    /^\+490?([1-9]\d*)$/.exec(digits)?.[1] ??
    (country === "DE" ? /^(?:00490?|0)([1-9]\d*)$/.exec(digits)?.[1] : undefined);
  return national !== undefined && isGermanNational(national) ? `+49${national}` : undefined;
}

const compiled = new Map<string, RegExp>();

function fits(pattern: string, national: string): boolean {
  const known = compiled.get(pattern) ?? new RegExp(`^(?:${pattern})$`);
  compiled.set(pattern, known);
  return known.test(national);
}
