// What a pasted text means: a number alone, or a line of text with one in it.
import { findPhoneNumbersInText, isSupportedCountry } from "libphonenumber-js/max";
import { readPhoneNumber } from "sipgate-call";
import type { WireNumberResult, WireReading } from "../wire/wire.js";
import { describeNumber } from "./describe-number.js";

/** The library refuses these because there is more than a number. Any other refusal is about the number itself. */
const MORE_THAN_A_NUMBER = new Set(["not-a-number", "several-numbers"]);

/** @param country of numbers without a country code: two letters, ISO 3166-1 */
export async function readText(text: string, country = "DE"): Promise<WireNumberResult> {
  const result = await readPhoneNumber(text, country);
  if (result.ok) return numberResult(result.number, false);
  const { code, readings } = result;
  if (readings.length > 0 || !MORE_THAN_A_NUMBER.has(code)) return { ok: false, code, readings };
  const found = await numbersWithin(text, country);
  const [only] = found;
  if (only !== undefined && found.length === 1) return numberResult(only.number, true);
  return { ok: false, code: found.length > 1 ? "several-numbers" : code, readings: found };
}

function numberResult(number: string, fromText: boolean): WireNumberResult {
  return { ok: true, number, fromText, ...describeNumber(number) };
}

/** Each is judged by the library once more: what it wouldn't dial isn't offered. */
async function numbersWithin(text: string, country: string): Promise<WireReading[]> {
  const inCountry = isSupportedCountry(country) ? { defaultCountry: country } : {};
  const found = findPhoneNumbersInText(text, { ...inCountry, extended: true });
  const results = await Promise.all(
    found.map(({ startsAt, endsAt }) => readPhoneNumber(text.slice(startsAt, endsAt), country)),
  );
  const numbers = new Set(results.flatMap((result) => (result.ok ? [result.number] : [])));
  return [...numbers].map((number) => ({ number, ...describeNumber(number) }));
}
