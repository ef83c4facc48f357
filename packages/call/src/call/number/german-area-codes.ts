// It's known which area codes have two or three digits (the numbering plan in libphonenumber's data). Nearly
// all others have four. Those of five digits, in the east, can't be distinguished from those of four.
export const TWO_DIGITS = "[34]0|[68]9";
export const THREE_DIGITS =
  "2(?:0[1-389]|1[124]|2[18]|3[14])|3(?:[35-9][15]|4[015])|906|(?:2[4-9]|4[2-9]|[579][1-9]|[68][1-8])1";

let twoOrThree: RegExp | undefined;

/** How many digits the area code or prefix of a German number, given without its leading zero, may have. */
export function areaCodeLengths(national: string): readonly number[] {
  if (/^1[567]/.test(national)) return [3, 4]; // Mobile: 0152 or 01522.
  if (national.startsWith("1")) return [3, 4, 5]; // Services, such as 0180 5.
  if (/^[789]00/.test(national)) return [3];
  if (national.startsWith("32")) return [2]; // National numbers, tied to no place.
  twoOrThree ??= new RegExp(`^(?:(${TWO_DIGITS})|${THREE_DIGITS})`);
  const known = twoOrThree.exec(national);
  if (known !== null) return [known[1] === undefined ? 3 : 2];
  return national.startsWith("3") ? [4, 5] : [4];
}

/** What may stand after an area code and can't: it's tried first, since the patterns are costly to compile. */
const MAY_LACK_SUBSCRIBER = /^[2-9]\d{1,4}(?:0|11)/;

/**
 * Whether a German number of a place, given without +49 and the leading zero, begins with 0 or 11 after its area code. None
 * that is given out does: 0 is the prefix of area codes, and 11 begins numbers that are dialled without one. Source:
 * descriptions of the Bundesnetzagentur's numbering plan. 115, the authorities' line, is advertised with area codes.
 */
export function lacksSubscriber(national: string): boolean {
  if (!MAY_LACK_SUBSCRIBER.test(national) || /^(?:[789]00|32)/.test(national)) return false;
  return areaCodeLengths(national).every((length) => /^(?:0|11(?!5$))/.test(national.slice(length)));
}
