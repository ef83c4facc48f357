// Numbers that are dialled as they are, without an area code. None has an international form that sipgate's
// API accepts.
// Sources: Bundesnetzagentur's list of the German numbering space; emergency numbers of other countries: their
// regulators. Which of them sipgate reaches isn't known, except for 110, 112 and 118xx (barred-numbers.ts).
import { isDirectoryEnquiries } from "./barred-numbers.js";
import { barred } from "./dialable.js";
import { type Refusal, refused } from "./phone-number-result.js";

const EMERGENCY_ELSEWHERE: Readonly<Record<string, string>> = {
  "911": "the emergency number of North America",
  "999": "the emergency number of the United Kingdom and other countries",
  "000": "the emergency number of Australia",
  "117": "the number of the Swiss police",
  "118": "the number of the Swiss fire brigade",
  "122": "the number of the Austrian fire brigade",
  "133": "the number of the Austrian police",
  "144": "the number of the ambulance in Austria and Switzerland",
};

const GERMAN: readonly (readonly [RegExp, string])[] = [
  [/^115$/, "the line of Germany's public authorities"],
  [/^116117$/, "the doctors' on-call service"],
  [/^116116$/, "the line that blocks lost cards in Germany"],
  [/^116111$/, "the helpline for children and young people"],
  [/^116123$/, "the helpline for people in distress"],
  [/^116000$/, "the hotline for missing children"],
  [/^116006$/, "the helpline for victims of crime"],
  [/^116\d{3}$/, "a number kept for services of social value"],
  [/^19222$/, "the number of ambulance transports in many German towns"],
];

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

/** What an emergency number of another country stands for; undefined for any other number. */
function emergencyElsewhere(digits: string): string | undefined {
  return Object.hasOwn(EMERGENCY_ELSEWHERE, digits) ? EMERGENCY_ELSEWHERE[digits] : undefined;
}

/** What a German short number, with or without country code, stands for; undefined for any other number. */
function shortNumber(digits: string): string | undefined {
  const short = digits.replace(/^(?:\+49|0049|49)?0?/, "");
  return GERMAN.find(([pattern]) => pattern.test(short))?.[1];
}
