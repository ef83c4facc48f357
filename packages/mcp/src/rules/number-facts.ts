import type { NumberType } from "libphonenumber-js/max";
import type { E164 } from "sipgate-call";
import type { NumberFacts } from "./judge.js";

/**
 * What costs about the same everywhere in its country. All others are costly, or may be: premium rate, shared cost,
 * personal numbers (+44 70), pagers, company-wide numbers, and what the numbering rules don't know. Of company-wide
 * numbers, +44 3 is cheap and +81 570 isn't, but the data have one word for both.
 */
const ORDINARY: readonly (NumberType | undefined)[] = [
  "FIXED_LINE",
  "MOBILE",
  "FIXED_LINE_OR_MOBILE",
  "VOIP",
  "TOLL_FREE",
];
/** Of numbers that belong to no country (satellites, international networks and services) only these. */
const ORDINARY_OF_NO_COUNTRY: readonly (NumberType | undefined)[] = ["TOLL_FREE"];

/** Loads the numbering rules of all countries. */
export async function factsOf(number: E164): Promise<NumberFacts & { readonly formatted: string }> {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/max");
  const parsed = parsePhoneNumberFromString(number, { extract: false });
  const country = parsed?.country;
  const ordinary = country === undefined ? ORDINARY_OF_NO_COUNTRY : ORDINARY;
  return {
    number,
    country,
    costly: !ordinary.includes(parsed?.getType()),
    formatted: parsed?.formatInternational() ?? number,
  };
}
