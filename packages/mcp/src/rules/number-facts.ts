import type { E164 } from "sipgate-call";
import type { NumberFacts } from "./judge.js";

/** Loads the numbering rules of all countries. */
export async function factsOf(number: E164): Promise<NumberFacts & { readonly formatted: string }> {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/max");
  const parsed = parsePhoneNumberFromString(number, { extract: false });
  const type = parsed?.getType();
  return {
    number,
    country: parsed?.country,
    costly: type === "PREMIUM_RATE" || type === "SHARED_COST",
    formatted: parsed?.formatInternational() ?? number,
  };
}
