// Separate from phone-number.ts because the library it needs costs more than placing the call does. It is
// loaded only for a number that isn't a German one, and to show what a refused text may mean.
import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js/max";
import type { E164, PhoneNumberReading } from "./phone-number-result.js";

export type InternationalResult =
  | { ok: true; number: string; callingCode: string }
  | { ok: false; code: "unknown-country" }
  | { ok: false; code: "no-area-code" }
  /** It may begin with a country code, or with an area code that lacks its zero. */
  | { ok: false; code: "ambiguous"; candidates: readonly string[] }
  /** `number` is the international form, if there is one. */
  | { ok: false; code: "too-short" | "too-long" | "impossible"; number: string | undefined };

/** Longest number with its plus, by E.164. The library allows more. */
const LONGEST = 16;

/**
 * Puts a number, as it's dialled in a country, into international form and judges whether it can exist.
 *
 * @param digits what would be dialled: digits, with a plus in front if it was written
 * @param country two letters (ISO 3166-1), e.g. `DE`
 */
export function toInternational(digits: string, country: string): InternationalResult {
  if (!isKnown(country)) return { ok: false, code: "unknown-country" };
  const parsed = parse(digits, country);
  if (/^[1-9]/.test(digits)) {
    const withoutPrefix = withoutAnyPrefix(digits, country, parsed);
    if (withoutPrefix !== undefined) return withoutPrefix;
  }
  return parsed !== undefined && exists(parsed) ? found(parsed) : missing(digits, country, parsed);
}

/** A number that begins neither with a plus nor with a zero. */
function withoutAnyPrefix(
  digits: string,
  country: CountryCode,
  parsed: PhoneNumber | undefined,
): InternationalResult | undefined {
  const plus = parse(`+${digits}`, country);
  const international = plus !== undefined && exists(plus) ? plus : undefined;
  const zero = parse(`0${digits}`, country);
  // In countries that dial area codes with a zero in front, a number without it is a local one. Guessing
  // would ring a stranger: 23125000, meant for Berlin, would become +49 231 25000 in Dortmund.
  const lacksZero = zero !== undefined && exists(zero) && zero.nationalNumber === digits;
  const isNational = parsed !== undefined && exists(parsed) && parsed.nationalNumber === digits && !lacksZero;
  const isOwn = international?.countryCallingCode === zero?.countryCallingCode;
  if (international !== undefined && isOwn) {
    if (!lacksZero && !isNational) return found(international);
    return {
      ok: false,
      code: "ambiguous",
      candidates: [international.number, (zero ?? parsed)?.number ?? ""],
    };
  }
  const candidates = [international, lacksZero ? zero : undefined].flatMap((number) => number?.number ?? []);
  if (international !== undefined && !isNational) return { ok: false, code: "ambiguous", candidates };
  return lacksZero ? { ok: false, code: "no-area-code" } : undefined;
}

function missing(digits: string, country: CountryCode, parsed: PhoneNumber | undefined): InternationalResult {
  const number = parsed?.number;
  const length = validatePhoneNumberLength(number ?? digits, country);
  if (length === "TOO_LONG" || (number ?? digits).length > LONGEST)
    return { ok: false, code: "too-long", number };
  const isShort = length === "TOO_SHORT" || /^[1-9]\d{0,5}$/.test(digits);
  return { ok: false, code: isShort ? "too-short" : "impossible", number };
}

/** How numbers are shown to a person who has to choose. */
export function readingOf(number: E164): PhoneNumberReading {
  const parsed = parsePhoneNumberFromString(number, { extract: false });
  // Numbers of North America that belong to no place, such as +1 522, are given to its largest country.
  const isOfNoPlace = parsed?.countryCallingCode === "1" && !/FIXED|MOBILE/.test(parsed.getType() ?? "");
  return {
    number,
    formatted: parsed?.formatInternational() ?? number,
    country: isOfNoPlace ? undefined : parsed?.country,
  };
}

/** An international number as people write it, such as `+49 30 23125005`. */
export function inGroups(number: string): string {
  return parsePhoneNumberFromString(number, { extract: false })?.formatInternational() ?? number;
}

/** Whether an international number is a premium-rate or shared-cost one. */
export function costsMore(number: string): boolean {
  const type = parsePhoneNumberFromString(number, { extract: false })?.getType();
  return type === "PREMIUM_RATE" || type === "SHARED_COST";
}

function found({ number, countryCallingCode }: PhoneNumber): InternationalResult {
  return { ok: true, number, callingCode: countryCallingCode };
}

function exists(parsed: PhoneNumber): boolean {
  return parsed.isValid() && parsed.number.length <= LONGEST;
}

function isKnown(country: string): country is CountryCode {
  // The format is checked first: the library would take `__proto__` for a country.
  return typeof country === "string" && /^[A-Z]{2}$/.test(country) && isSupportedCountry(country);
}

function parse(digits: string, country: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false });
}
