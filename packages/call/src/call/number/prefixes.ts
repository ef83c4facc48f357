// Which country a number belongs to, if its first digits leave that open.

import { ambiguous } from "./doubts.js";
import { areaCodeLengths } from "./german-area-codes.js";
import { germanNumber, isGermanNational, LONGEST_GERMAN_NUMBER } from "./german-numbers.js";
import type { Doubt } from "./phone-number-result.js";
import type { WrittenNumber } from "./written-number.js";

/**
 * The German number that a text stands for, or what its prefix leaves open; undefined if it belongs to
 * another country or can't exist.
 */
export function germanMeaning(written: WrittenNumber, country: string): string | Doubt | undefined {
  const { text, digits, groups } = written;
  const [first = "", second = ""] = groups;
  if (isGermany(first) && isGermany(second))
    return ambiguous(text, "has its country code twice.", [`+49${groups.slice(2).join("")}`, digits]);
  const isApart = first === "049" || (first === "0" && second === "49");
  if (country === "DE" && (isApart || (/^049/.test(digits) && digits.length - 1 > LONGEST_GERMAN_NUMBER))) {
    const international = germanNumber(`+${digits.slice(1)}`, country);
    if (international !== undefined)
      return ambiguous(text, "begins with 0 and Germany's country code.", [international, digits]);
  }
  const german = germanNumber(digits, country);
  return german ?? (country === "DE" && digits.startsWith("49") ? withoutPlus(written) : undefined);
}

const isGermany = (group: string) => group === "49" || group === "0049";

/** 49 221 4710000: with its country code, unless it may be a number of an area code such as 0492… */
function withoutPlus({ text, digits }: WrittenNumber): string | Doubt | undefined {
  const international = germanNumber(`+${digits}`, "DE");
  if (international === undefined) return undefined;
  const mayLackZero = digits.length <= LONGEST_GERMAN_NUMBER && isGermanNational(digits);
  if (!mayLackZero || /^[([]?49[)\]]? ?[([]0[)\]]/.test(text)) return international;
  return ambiguous(text, "begins with a country code or with an area code.", [international, `0${digits}`]);
}

/**
 * 00152 28817386: abroad, or a number of this country after the 0 that some telephone systems want for an outside line?
 *
 * @param abroad the number and its country code, if it can exist as one of another country
 * @param here the number after the first 0, if it can exist
 */
export function outsideLine(
  { text, groups, digits }: WrittenNumber,
  abroad: { number: string; callingCode: string } | undefined,
  here: string | undefined,
): string | Doubt | undefined {
  if (here === undefined) return abroad?.number;
  if (abroad === undefined)
    return ambiguous(text, "can't be dialled as a number of another country.", [here]);
  const [first = "", second = "", third = ""] = groups;
  const zeros = first === "0" && second === "0" ? `00${third}` : first + second;
  const begin = first === "0" || first === "00" ? zeros : first;
  const isWrittenApart = first !== "0" || second === "0";
  if (isWrittenApart && begin === `00${abroad.callingCode}`) return abroad.number;
  const national = here.slice(3);
  if (!here.startsWith("+49") || national.length > LONGEST_GERMAN_NUMBER) return abroad.number;
  const isMobile = /^1[567]/.test(national);
  const isWhole = begin === digits;
  const isArea = areaCodeLengths(national).includes(begin.length - 2);
  if (isWhole ? !isMobile : !isArea && isWrittenApart) return abroad.number;
  return ambiguous(text, "begins with 00: for another country, or with the 0 for an outside line in front.", [
    abroad.number,
    here,
  ]);
}
