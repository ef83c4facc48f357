// Lists of numbers: whole ones, or beginnings.

/** Country codes of one and two digits: all others have three. */
const SHORT_CODES = "[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]";
/**
 * A zero after the country code, but where numbers begin with one: Italy, San Marino, the Vatican, and countries that the
 * numbering rules of libphonenumber name.
 */
const NATIONAL_ZERO = new RegExp(
  `^\\+(?!39|378|379|22[5679]|24[12]|250|501|679|992)(?:${SHORT_CODES}|(?!${SHORT_CODES})\\d{3})0`,
);

/** What is wrong with a number or a beginning, if anything. */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.includes("(0") || NATIONAL_ZERO.test(compact(pattern)))
    return `"${pattern}" has the zero that is dialled within a country. No number in international form has it: leave it out, as in "+49 30*".`;
  if (pattern === "*" || /^\+[1-9]\d{2,14}$|^\+[1-9]\d{0,14}\*$/.test(compact(pattern))) return undefined;
  return `"${pattern}" is neither a number in international form, such as "+49 30 23125 000", nor a beginning, such as "+49 30*".`;
}

/** @param number in international form, such as `+493023125000` */
export function isListed(number: string, patterns: readonly string[]): boolean {
  return patterns
    .map(compact)
    .some((pattern) =>
      pattern.endsWith("*") ? number.startsWith(pattern.slice(0, -1)) : number === pattern,
    );
}

function compact(pattern: string): string {
  return pattern.replaceAll(/[ ()/.-]/g, "");
}
