// Whether a number may be dialled: emergency numbers, and what sipgate bars.
import { barredPrefix, isEmergencyNumber } from "./barred-numbers.js";
import { lacksSubscriber } from "./german-area-codes.js";
import { germanNumber } from "./german-numbers.js";
import { type E164, type PhoneNumberResult, type Refusal, refused } from "./phone-number-result.js";

/** @param number in international form; it can exist */
export function dialable(number: string): PhoneNumberResult {
  if (isEmergencyNumber(number)) return emergencyCall(number);
  return refusedIfBarred(number) ?? refusedIfNobodys(number) ?? { ok: true, number: number as E164 };
}

/** Numbering rules of all countries allow such a number: they know area codes, and not what follows them. */
function refusedIfNobodys(number: string): Refusal | undefined {
  if (!number.startsWith("+49") || !lacksSubscriber(number.slice(3))) return undefined;
  return refused(
    "impossible",
    `${number} can't exist: after an area code, no number begins with 0 or 11.`,
    "Check its digits. Short numbers such as 116117 are dialled without an area code.",
  );
}

export function refusedIfBarred(number: string): Refusal | undefined {
  const prefix = barredPrefix(number);
  return prefix === undefined ? undefined : barred(number, prefix);
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

export function barred(number: string, prefix: string): Refusal {
  return refused(
    "barred",
    `${number} starts with ${prefix}, which sipgate bars.`,
    "Dial it from another phone.",
  );
}
