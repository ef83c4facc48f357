// Kept apart from phone-number.ts because the library it needs costs more than placing the call does: it is loaded
// only for a number that isn't a German one in international form.
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

export type InternationalResult =
  | { ok: true; number: string }
  | { ok: false; code: "unknown-country" }
  | { ok: false; code: "no-area-code" }
  /** `number` is the international form, where there is one. */
  | { ok: false; code: "impossible"; number: string | undefined };

/**
 * Puts a number, as it's dialled in a country, into international form and judges whether it can exist.
 *
 * @param digits what would be dialled: digits, with a plus in front where it was written
 * @param country two letters (ISO 3166-1), e.g. `DE`
 */
export function toInternational(digits: string, country: string): InternationalResult {
  if (!isKnown(country)) return { ok: false, code: "unknown-country" };
  const parsed = parse(digits, country);
  // 15 digits at most is E.164's own limit; the library allows more.
  if (!parsed?.isValid() || parsed.number.length > 16)
    return { ok: false, code: "impossible", number: parsed?.number };
  // Where area codes are dialled with a zero in front, a number without it is a local one. Guessing would ring a
  // stranger: 23125000, meant for Berlin, would become +49 231 25000 in Dortmund.
  const lacksAreaCode = !digits.startsWith("+") && parsed.number === parse(`0${digits}`, country)?.number;
  return lacksAreaCode ? { ok: false, code: "no-area-code" } : { ok: true, number: parsed.number };
}

/** Whether an international number is a premium-rate or shared-cost one. */
export function costsMore(number: string): boolean {
  const type = parsePhoneNumberFromString(number, { extract: false })?.getType();
  return type === "PREMIUM_RATE" || type === "SHARED_COST";
}

function isKnown(country: string): country is CountryCode {
  // The shape is checked first: the library would take `__proto__` for a country.
  return typeof country === "string" && /^[A-Z]{2}$/.test(country) && isSupportedCountry(country);
}

function parse(digits: string, country: CountryCode) {
  return parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false });
}
