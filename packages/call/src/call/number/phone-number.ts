import { dialable } from "./dialable.js";
import { germanNumber } from "./german-numbers.js";
import { HOW_TO_WRITE, type PhoneNumberResult, refused } from "./phone-number-result.js";

export type {
  E164,
  PhoneNumberProblem,
  PhoneNumberReading,
  PhoneNumberResult,
} from "./phone-number-result.js";

/**
 * Reads a phone number as people write it (`+49 (0)30 23125-000`, `030/23125000`, `0049…`, a `tel:` link) and judges
 * whether it may and can be dialled.
 *
 * A text that may mean several numbers is refused: `readings` has those that can be dialled, for a person to choose
 * from. Only digits that a person would read as part of the number are ever dialled.
 *
 * German numbers are judged at once; for any other the numbering rules of all countries are loaded first. Numbers
 * without a country code are taken as dialled in `defaultCountry` (two letters, ISO 3166-1).
 *
 * Never throws: anything that isn't text is refused too.
 *
 * @param defaultCountry two letters (ISO 3166-1). Default: `DE`
 * @throws nothing: anything that isn't text is refused, too
 * @example
 * ```ts
 * import { readPhoneNumber } from "sipgate-call";
 *
 * console.log(await readPhoneNumber("030/23125-000")); // { ok: true, number: "+493023125000" }
 * console.log(await readPhoneNumber("030 23125000/01")); // { ok: false, code: "several-numbers", readings: [ … ], … }
 * ```
 */
export async function readPhoneNumber(input: string, defaultCountry = "DE"): Promise<PhoneNumberResult> {
  if (typeof input !== "string")
    return refused("not-text", `It must be text, not ${typeof input}.`, HOW_TO_WRITE);
  if (/^\+49[1-9]\d+$/.test(input)) {
    const german = germanNumber(input, defaultCountry);
    if (german !== undefined) return dialable(german);
  }
  // Programs mostly give numbers in that form. What reads all others is loaded for them only.
  const { readNumberText } = await import("./number-text.js");
  return readNumberText(input, defaultCountry);
}
