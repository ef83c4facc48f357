// Separate from place-of.ts because the numbering rules of all countries are costly to load, and German numbers don't need
// them.
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/max";

/** Every country that a number may belong to (ISO 3166-1), such as all of North America for +1 800 …. */
export function countriesOf(number: string): readonly string[] {
  const parsed = parsePhoneNumberFromString(number, { extract: false });
  if (parsed === undefined) return [];
  // Numbers of North America that belong to no place are given to its largest country.
  const isOfPlace = parsed.countryCallingCode !== "1" || /FIXED|MOBILE/.test(parsed.getType() ?? "");
  if (parsed.country !== undefined && isOfPlace) return [parsed.country];
  return getCountries().filter((country) => getCountryCallingCode(country) === parsed.countryCallingCode);
}
