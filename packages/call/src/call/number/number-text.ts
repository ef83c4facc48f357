// Reads a phone number as people write it.
import { printable } from "../text/printable.js";
import type { InternationalResult } from "./any-country.js";
import { dialable, emergencyCall, isEmergencyCall, refusedIfBarred } from "./dialable.js";
import { doubtOf } from "./doubts.js";
import { doubtOfForeignCharacters } from "./foreign-characters.js";
import { loadCountries } from "./load-countries.js";
import { withoutLink } from "./phone-link.js";
import { HOW_TO_WRITE, type PhoneNumberResult, type Refusal, refused } from "./phone-number-result.js";
import { germanMeaning, outsideLine } from "./prefixes.js";
import { readableText } from "./readable-text.js";
import { readingsOf, refusedFor } from "./readings.js";
import { refusedIfShort } from "./short-numbers.js";
import { withoutDecimals } from "./spreadsheet.js";
import { takeApart, type WrittenNumber } from "./written-number.js";

/** As `readPhoneNumber` documents it, for a text that isn't a German number in international form. */
export async function readNumberText(input: string, defaultCountry: string): Promise<PhoneNumberResult> {
  const text = readableText(input);
  if (typeof text !== "string") return text;
  const number = /[:;]/.test(text) ? withoutLink(text) : text;
  if (typeof number !== "string") return refusedFor(number, defaultCountry);
  const shown = number === text ? text : readableText(number); // A link may hide anything.
  return typeof shown === "string" ? readText(shown, defaultCountry) : shown;
}

async function readText(text: string, country: string): Promise<PhoneNumberResult> {
  if (text === "") return refused("empty", "It's empty.");
  const written = takeApart(text);
  if (written !== undefined && isEmergencyCall(written.digits, country)) return emergencyCall(written.digits);
  const whole = withoutDecimals(text);
  if (typeof whole !== "string") return refusedFor(whole, country);
  if (whole !== text) return readText(whole, country);
  if (written === undefined) return refusedFor(doubtOfForeignCharacters(text), country);
  const doubt = doubtOf(written, country);
  return doubt === undefined ? readNumber(written, country) : refusedFor(doubt, country);
}

async function readNumber(written: WrittenNumber, country: string): Promise<PhoneNumberResult> {
  const meaning = germanMeaning(written, country);
  if (typeof meaning === "string") return dialable(meaning);
  if (meaning !== undefined) return refusedFor(meaning, country);
  const short = refusedIfShort(written.digits, country);
  if (short !== undefined) return short;
  const { toInternational } = await loadCountries();
  const result = toInternational(written.digits, country);
  if (!written.digits.startsWith("00"))
    return result.ok ? dialable(result.number) : refusedAs(result, written, country);
  const [here] = await readingsOf([written.digits.slice(1)], country);
  const number = outsideLine(written, result.ok ? result : undefined, here?.number);
  if (typeof number === "string") return dialable(number);
  if (number !== undefined) return refusedFor(number, country);
  return result.ok ? dialable(result.number) : refusedAs(result, written, country);
}

function refusedAs(
  result: Exclude<InternationalResult, { ok: true }>,
  { text, digits }: WrittenNumber,
  country: string,
): Refusal | Promise<Refusal> {
  const shown = printable(text);
  switch (result.code) {
    case "no-area-code":
      return refused(
        "no-area-code",
        `${shown} has neither a country code nor an area code.`,
        "Write the number with its area code (030 …) or country code (+49 30 …).",
      );
    case "ambiguous": {
      const message = `${shown} begins with neither + nor 0, so its first digits may be a country code or an area code.`;
      const remedy = "Write it with + and its country code.";
      return refusedFor({ code: "ambiguous", message, remedy, candidates: result.candidates }, country);
    }
    case "unknown-country":
      return refused(
        "unknown-country",
        `"${printable(String(country))}" isn't a country whose numbers are known.`,
        "Give the default country as two capital letters, such as DE.",
      );
    default:
      return impossible(result.code, shown, result.number ?? digits, digits, country);
  }
}

function impossible(
  code: "too-short" | "too-long" | "impossible",
  shown: string,
  number: string,
  digits: string,
  country: string,
): Refusal | Promise<Refusal> {
  // Service numbers such as 118 33 or 0900 … are often not full numbers, yet people should learn the real
  // reason.
  const barred = refusedIfBarred(number);
  if (barred !== undefined) return barred;
  const why = {
    "too-short": `${shown} has too few digits. If it's a short number, whether sipgate can reach it isn't known.`,
    "too-long": `${shown} has too many digits for one number.`,
    impossible: `${shown} can't exist: no such number is given out.`,
  };
  const candidates = /^[1-9]/.test(digits) ? [`+${digits}`] : [];
  const remedy = code === "too-short" ? `Give the whole number. ${HOW_TO_WRITE}` : "Check its digits.";
  return refusedFor({ code, message: why[code], remedy, candidates }, country);
}
