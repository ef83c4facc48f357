import { EMERGENCY_REFUSAL } from "../assumptions.js";
import { Problem } from "../http/problem.js";

const E164 = /^\+[1-9]\d{6,14}$/;

/** 110 and 112, with or without a German prefix in any spelling. */
const EMERGENCY = /^(?:\+49|0049|49|0)?11[02]$/;

/** Checks a number from a request body: E.164 with plus. Returns it unchanged. */
export function checkNumber(field: string, number: string): string {
  refuseEmergency(field, number);
  if (E164.test(number)) return number;
  throw new Problem(400, `${field} is not a valid phone number in E.164 format.`, { pointer: `/${field}` });
}

/** Checks a number in neo's notation: E.164 with or without plus. Returns it with plus. */
export function checkTargetNumber(field: string, number: string): string {
  return checkNumber(field, number.startsWith("+") || EMERGENCY.test(number) ? number : `+${number}`);
}

function refuseEmergency(field: string, number: string): void {
  if (EMERGENCY.test(number)) throw new Problem(400, EMERGENCY_REFUSAL, { pointer: `/${field}` });
}
