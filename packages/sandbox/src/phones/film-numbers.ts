/**
 * The ranges that the Bundesnetzagentur reserves for film and television (Mitteilung 148/2021). Nobody has a number in
 * them. Each is a prefix, followed by any three digits.
 */
const FILM_RANGES = new Set(["+493023125", "+496990009", "+494066969", "+492214710", "+498999998"]);

/** A mobile number from the same list. */
const FILM_MOBILE = "+4915228817386";

/** The Berlin range. Its last three digits choose what happens to a call. */
const BERLIN = "+493023125";

/** @param number E.164 with plus */
export function isFilmNumber(number: string): boolean {
  return number === FILM_MOBILE || FILM_RANGES.has(prefixOf(number));
}

/** The last three digits of a number in the Berlin range; `undefined` for any other number. */
export function berlinDigits(number: string): string | undefined {
  return prefixOf(number) === BERLIN ? number.slice(-3) : undefined;
}

export function berlinNumber(digits: string): string {
  return `${BERLIN}${digits}`;
}

function prefixOf(number: string): string {
  return number.slice(0, -3);
}
