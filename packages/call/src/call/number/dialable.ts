// Whether a number may be dialled: emergency numbers, short numbers, and what sipgate bars.
import { barredPrefix, isDirectoryEnquiries, isEmergencyNumber } from "./barred-numbers.js";
import { germanNumber } from "./german-numbers.js";
import { type E164, type PhoneNumberResult, type Refusal, refused } from "./phone-number-result.js";
import { emergencyElsewhere, shortNumber } from "./short-numbers.js";

/** @param number in international form; it can exist */
export function dialable(number: string): PhoneNumberResult {
  if (isEmergencyNumber(number)) return emergencyCall(number);
  return refusedIfBarred(number) ?? { ok: true, number: number as E164 };
}

export function refusedIfBarred(number: string): Refusal | undefined {
  const prefix = barredPrefix(number);
  return prefix === undefined ? undefined : barred(number, prefix);
}

/** Refuses a number that is dialled as it is, without an area code; undefined for any other number. */
export function refusedIfShort(digits: string, country: string): Refusal | undefined {
  const emergency = emergencyElsewhere(digits);
  if (emergency !== undefined)
    return refused(
      "emergency",
      `${digits} is ${emergency}. sipgate doesn't place emergency calls for software.`,
      "Dial the emergency number of where you are directly, now, on a phone: in Europe 112.",
    );
  if (country !== "DE" && !digits.startsWith("+49")) return undefined;
  if (isDirectoryEnquiries(digits)) return barred(digits, "118");
  const short = shortNumber(digits);
  if (short === undefined) return undefined;
  return refused(
    "short-number",
    `${digits} is ${short}. Whether sipgate can reach this short number isn't known.`,
    "Dial it on a phone, or give a number with an area code.",
  );
}

/** Whether digits, as dialled, reach the police, fire brigade or ambulance, with or without an area code. */
export function isEmergencyCall(digits: string, country: string): boolean {
  return isEmergencyNumber(digits) || isEmergencyNumber(germanNumber(digits, country) ?? "");
}

export function emergencyCall(digits: string): Refusal {
  return refused(
    "emergency",
    `${digits} is an emergency number. sipgate doesn't place emergency calls for software.`,
    "Dial it directly, now, on a phone.",
  );
}

function barred(number: string, prefix: string): Refusal {
  return refused(
    "barred",
    `${number} starts with ${prefix}, which sipgate bars.`,
    "Dial it from another phone.",
  );
}
