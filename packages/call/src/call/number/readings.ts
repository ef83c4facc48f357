// A text that may mean several numbers: which of them can be dialled, for a person to choose from.
import { dialable, emergencyCall, isEmergencyCall } from "./dialable.js";
import { germanNumber } from "./german-numbers.js";
import { loadCountries } from "./load-countries.js";
import { type Doubt, type PhoneNumberReading, type Refusal, refused } from "./phone-number-result.js";

/** Refuses a text and shows which numbers it may mean. */
export async function refusedFor(doubt: Doubt, country: string): Promise<Refusal> {
  const { code, message, remedy, candidates } = doubt;
  const [first = ""] = candidates;
  if (isEmergencyCall(first, country)) return emergencyCall(first);
  const readings = candidates.length === 0 ? [] : await readingsOf(candidates, country);
  if (readings.length === 0) return refused(code, message, remedy);
  return {
    ok: false,
    code,
    message: `${message} It may mean ${readings.map(inWords).join(" or ")}.`,
    remedy: readings.length === 1 ? alone(doubt) : "Give the one that's meant.",
    readings,
  };
}

function alone({ remedy, keepsRemedy = false }: Doubt): string {
  return keepsRemedy ? remedy : "If that's the number, give it like this.";
}

/** Those of the candidates that can be dialled, and how people write them. */
export async function readingsOf(
  candidates: readonly string[],
  country: string,
): Promise<PhoneNumberReading[]> {
  const { readingOf, toInternational } = await loadCountries();
  const numbers = candidates.flatMap((digits) => {
    const withPlus = country === "DE" && digits.startsWith("49") ? `+${digits}` : digits;
    const german = germanNumber(withPlus, country);
    const found =
      german === undefined ? toInternational(digits, country) : { ok: true as const, number: german };
    const result = found.ok ? dialable(found.number) : undefined;
    return result?.ok ? [result.number] : [];
  });
  return [...new Set(numbers)].map(readingOf);
}

function inWords({ number, formatted, country }: PhoneNumberReading): string {
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  const abroad = number.startsWith("+1") ? "North America" : "no single country";
  return `${formatted} (${country === undefined ? abroad : names.of(country)})`;
}
