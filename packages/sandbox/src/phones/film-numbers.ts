/**
 * The ranges that the Bundesnetzagentur keeps for film and television (Mitteilung 148/2021): never assigned to
 * anyone. Each is a prefix followed by three free digits.
 */
const FILM_RANGES = new Set(["+493023125", "+496990009", "+494066969", "+492214710", "+498999998"]);

/** The one mobile number of the same list that the sandbox uses. */
const FILM_MOBILE = "+4915228817386";

/** The Berlin range: its last three digits choose what becomes of a call. */
const BERLIN = "+493023125";

/** Whether the number, in E.164 with plus, is one of film and television's. */
export function isFilmNumber(number: string): boolean {
  return number === FILM_MOBILE || FILM_RANGES.has(prefixOf(number));
}

/** The last three digits of a number of the Berlin film range, undefined for any other. */
export function berlinDigits(number: string): string | undefined {
  return prefixOf(number) === BERLIN ? number.slice(-3) : undefined;
}

export function berlinNumber(digits: string): string {
  return `${BERLIN}${digits}`;
}

function prefixOf(number: string): string {
  return number.slice(0, -3);
}
