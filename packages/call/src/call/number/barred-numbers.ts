import { THREE_DIGITS, TWO_DIGITS } from "./german-area-codes.js";

/** Emergency numbers in Germany. Source: sipgate.io's FAQ: 110 and 112 are not processed. */
const EMERGENCY = /^(?:\+|0049|\+?49)?0{0,2}11[02]$/;

// The same after an area code, also with zeros between: from most lines 030 110 rings the police. After an area code of
// five digits it can't be distinguished from a subscriber's number that merely ends like this.
const ENDS_SO = /11[02]$/; // Tried first: the other pattern is costly to compile.
const withAreaCode = () =>
  new RegExp(
    `^\\+49(?:(?:${TWO_DIGITS})|(?:${THREE_DIGITS})|(?!${TWO_DIGITS}|${THREE_DIGITS})[2-9]\\d{3})0{0,2}11[02]$`,
  );

/** Whether a number, written in digits with an optional plus, would reach the police, fire brigade or ambulance. */
export function isEmergencyNumber(digits: string): boolean {
  return EMERGENCY.test(digits) || (ENDS_SO.test(digits) && withAreaCode().test(digits));
}

/** Whether a number, written as it's dialled in Germany, is that of directory enquiries (118xx), barred at sipgate. */
export function isDirectoryEnquiries(digits: string): boolean {
  return /^118\d{2,3}$/.test(digits);
}

/** Prefixes of German numbers, without the leading zero, that sipgate bars. Source: sipgate's help pages. */
const BARRED_PREFIXES = ["137", "138", "1212", "1807", "185", "181", "188", "900"];

/** The barred prefix that an international German number starts with, as it's written inside Germany, e.g. `0900`. */
export function barredPrefix(number: string): string | undefined {
  if (!number.startsWith("+49")) return undefined;
  const prefix = BARRED_PREFIXES.find((barred) => number.startsWith(barred, 3));
  if (prefix !== undefined) return `0${prefix}`;
  return isDirectoryEnquiries(number.slice(3)) ? "118" : undefined;
}
