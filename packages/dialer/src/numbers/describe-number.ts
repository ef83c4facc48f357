// How a number is shown, and what kind it is.
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { NumberKind } from "../wire/wire.js";

/** @param number E.164; anything else is shown as it is */
export function formatNumber(number: string): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

const KINDS: Readonly<Record<string, NumberKind>> = {
  FIXED_LINE: "landline",
  MOBILE: "mobile",
  TOLL_FREE: "free",
  PREMIUM_RATE: "premium",
  SHARED_COST: "shared-cost",
};

export function describeNumber(number: string): {
  formatted: string;
  country: string | undefined;
  kind: NumberKind;
} {
  const parsed = parsePhoneNumberFromString(number);
  return {
    formatted: parsed?.formatInternational() ?? number,
    country: parsed?.country,
    kind: KINDS[parsed?.getType() ?? ""] ?? "other",
  };
}
