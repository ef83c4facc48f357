import { printable } from "../text/printable.js";
import { barredPrefix, isDirectoryEnquiries, isEmergencyNumber } from "./barred-numbers.js";
import { ALL_GERMAN_NUMBERS, GERMAN_NUMBER_TYPES } from "./german-numbers.generated.js";

/** A number in international form, E.164: a plus and at most 15 digits. Made only by {@link readPhoneNumber}. */
export type E164 = string & { readonly __e164: unique symbol };

export type PhoneNumberProblem =
  | "not-text"
  | "empty"
  | "control-character"
  | "non-ascii-digit"
  | "not-a-number"
  | "extension-part"
  | "several-numbers"
  | "emergency"
  | "barred"
  | "no-area-code"
  | "unknown-country"
  | "impossible";

export type PhoneNumberResult =
  | { ok: true; number: E164 }
  | { ok: false; code: PhoneNumberProblem; message: string; remedy: string };

const HOW_TO_WRITE = "Write it like +49 30 23125 000 or 030 23125000.";

// What people put between digits: white space of any width, hyphens and dashes, slashes, dots, brackets.
const SEPARATORS = /[\s\u2010-\u2015\-/.()[\]]/g;
const LONGEST_INPUT = 100;

/**
 * Reads a phone number as people write it (`+49 (0)30 23125-000`, `030/23125000`, `0049…`, a `tel:` link) and judges
 * whether it may and can be dialled.
 *
 * A German number in international form is judged at once; for any other the numbering rules of all countries are
 * loaded first, and numbers without a country code are taken as dialled in `defaultCountry` (two letters, ISO 3166-1).
 *
 * Never throws: what isn't text is refused too.
 */
export async function readPhoneNumber(input: string, defaultCountry = "DE"): Promise<PhoneNumberResult> {
  if (typeof input !== "string")
    return refused("not-text", `It must be text, not ${typeof input}.`, HOW_TO_WRITE);
  const text = input.trim();
  if (isGermanNumber(text)) return dialable(text);
  const problem = unreadable(text);
  if (problem) return problem;
  const digits = digitsOf(text);
  if (digits === undefined)
    return refused("not-a-number", `"${printable(input)}" isn't a phone number.`, HOW_TO_WRITE);
  if (isEmergencyNumber(digits)) return emergency(digits);
  if (isSeveral(text)) return several(text);
  if (isGermanNumber(digits)) return dialable(digits);
  return readAnyNumber(text, digits, defaultCountry);
}

async function readAnyNumber(text: string, digits: string, country: string): Promise<PhoneNumberResult> {
  if (country === "DE" && isDirectoryEnquiries(digits)) return barred(digits, "118");
  const { toInternational } = await import("./any-country.js");
  const result = toInternational(digits, country);
  if (result.ok) return dialable(result.number);
  switch (result.code) {
    case "no-area-code":
      return refused(
        "no-area-code",
        `${printable(text)} has neither a country code nor an area code.`,
        "Write the number with its area code (030 …) or country code (+49 30 …).",
      );
    case "unknown-country":
      return refused(
        "unknown-country",
        `"${printable(String(country))}" isn't a country whose numbers are known.`,
        "Give the default country as two capital letters, such as DE.",
      );
    case "impossible":
      return impossible(text, result.number ?? digits);
  }
}

/** What can be said of the text before its digits are looked at. */
function unreadable(text: string): PhoneNumberResult | undefined {
  if (text === "") return refused("empty", "It's empty.", HOW_TO_WRITE);
  if (/^[ -~]*$/.test(text)) return dialableParts(text); // The rules below are costly to compile and rarely needed.
  const hidden = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.exec(text)?.[0];
  if (hidden !== undefined) {
    return refused(
      "control-character",
      `It holds the invisible character ${printable(hidden)}.`,
      "Type the number instead of pasting it.",
    );
  }
  if (/[^\P{Nd}0-9]/u.test(text) || text.includes("＋")) {
    return refused(
      "non-ascii-digit",
      `"${printable(text)}" has digits that aren't 0 to 9.`,
      "Type the number with the digits 0 to 9.",
    );
  }
  return dialableParts(text);
}

/** Refuses what a `tel:` link may hold beside a number. */
function dialableParts(text: string): PhoneNumberResult | undefined {
  if (/;(?:ext|isub|phone-context)=/i.test(text)) {
    return refused(
      "extension-part",
      `"${printable(text)}" has a part that can't be dialled (extension or context).`,
      "Give the number without it, with its country code, and send the extension as DTMF once connected.",
    );
  }
  return undefined;
}

/**
 * Whether a text names several numbers by their last digits: `23125-000/-001`, `23125-000/001`. Run together they may
 * well be somebody's number. A slash after an area code isn't meant: before it stand too few digits.
 */
function isSeveral(text: string): boolean {
  return /\/\s*[\u2010-\u2015-]|(?:\d\D*){6}[\u2010-\u2015-]\s*\d{1,4}\s*\/\s*\d{1,4}$/.test(text);
}

/** The digits to dial, with a plus in front where one was written; undefined where the text holds anything else. */
function digitsOf(text: string): string | undefined {
  if (text.length > LONGEST_INPUT) return undefined;
  const bare = withoutTel(text)?.replace(SEPARATORS, "");
  if (bare === undefined || !/^\+?\d+$/.test(bare)) return undefined;
  return bare;
}

/** The number in a `tel:` link (RFC 3966); any other text as it is. */
function withoutTel(text: string): string | undefined {
  if (!/^tel:/i.test(text)) return text;
  const number = text.replace(/^tel:(?:\/\/)?/i, "").split(";")[0];
  try {
    return decodeURIComponent(number ?? "");
  } catch {
    return undefined;
  }
}

/** Whether a number is a German one in international form that can exist; at most 15 digits (E.164). */
function isGermanNumber(number: string): boolean {
  if (!/^\+49\d{2,13}$/.test(number)) return false;
  const national = number.slice(3);
  // One type after the other: patterns are costly to compile, and the first ones fit nearly every number.
  return (
    fits(ALL_GERMAN_NUMBERS, national) &&
    GERMAN_NUMBER_TYPES.some(
      ([pattern, lengths]) => lengths.includes(national.length) && fits(pattern, national),
    )
  );
}

const compiled = new Map<string, RegExp>();

function fits(pattern: string, national: string): boolean {
  const known = compiled.get(pattern) ?? new RegExp(`^(?:${pattern})$`);
  compiled.set(pattern, known);
  return known.test(national);
}

function dialable(number: string): PhoneNumberResult {
  if (isEmergencyNumber(number)) return emergency(number);
  const prefix = barredPrefix(number);
  return prefix === undefined ? { ok: true, number: number as E164 } : barred(number, prefix);
}

function impossible(text: string, number: string): PhoneNumberResult {
  // Service numbers such as 118 33 or 0900 … are often no full numbers, yet people should learn the real reason.
  const prefix = barredPrefix(number);
  if (prefix !== undefined) return barred(number, prefix);
  return refused(
    "impossible",
    `${printable(text)} can't exist: no such number is given out.`,
    "Check its digits.",
  );
}

function several(text: string): PhoneNumberResult {
  return refused(
    "several-numbers",
    `"${printable(text)}" looks like two numbers, of which only the last digits differ.`,
    "Give one of them, without the slash.",
  );
}

function barred(number: string, prefix: string): PhoneNumberResult {
  return refused(
    "barred",
    `${number} starts with ${prefix}, which sipgate bars.`,
    "Dial it from another phone.",
  );
}

function emergency(digits: string): PhoneNumberResult {
  return refused(
    "emergency",
    `${digits} is an emergency number. sipgate doesn't place emergency calls for software.`,
    "Dial it directly, now, on a phone.",
  );
}

function refused(code: PhoneNumberProblem, message: string, remedy: string): PhoneNumberResult {
  return { ok: false, code, message, remedy };
}
