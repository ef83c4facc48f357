import { RINGS_AT_MOST } from "../guesses.js";
import type { Cause, Party } from "../switch/call.js";

/** What happens when a number is called. Times in milliseconds. */
export type Callee =
  | {
      readonly kind: "answers";
      readonly rings: number;
      /** How long the callee talks; undefined: until somebody hangs up. */
      readonly talks: number | undefined;
      /** Who ends the call then, and why. */
      readonly end: { readonly party: Party; readonly cause: Cause };
    }
  | {
      readonly kind: "fails";
      /** Undefined: it doesn't ring at all. */
      readonly rings: number | undefined;
      readonly end: { readonly party: Party; readonly cause: Cause };
    };

const ANSWERS: Callee = {
  kind: "answers",
  rings: 3_000,
  talks: 30_000,
  end: { party: "callee", cause: "completed" },
};

function fails(cause: Cause, rings: number | undefined, party: Party): Callee {
  return { kind: "fails", rings, end: { party, cause } };
}

/** By the last three digits of a number of the Berlin film range, 030 23125 000–999. Most are SIP's status codes. */
const BY_LAST_DIGITS: Readonly<Record<string, Callee>> = {
  "000": ANSWERS,
  "001": { ...ANSWERS, talks: undefined },
  "010": { ...ANSWERS, talks: 600_000 },
  "020": { ...ANSWERS, end: { party: "caller", cause: "completed" } },
  "302": fails("forwarded", 3_000, "callee"),
  "402": { ...ANSWERS, talks: 10_000, end: { party: "network", cause: "insufficient-funds" } },
  "404": fails("not-found", undefined, "network"),
  "408": fails("no-answer", RINGS_AT_MOST, "callee"),
  "480": fails("unreachable", undefined, "callee"),
  "486": fails("busy", undefined, "callee"),
  "487": fails("canceled", 5_000, "caller"),
  "503": fails("unreachable", undefined, "network"),
  "603": fails("rejected", 3_000, "callee"),
  "607": fails("blocked", undefined, "callee"),
};

const BERLIN = "+493023125";
// The other ranges kept for film and television: +49 69 90009, 40 66969, 221 4710, 89 99998, and a mobile number.
const FILM = /^\+49(?:3023125\d{3}|6990009\d{3}|4066969\d{3}|2214710\d{3}|8999998\d{3}|15228817386)$/;

/** Who answers a number. Beyond the film ranges nobody does: nothing here may look like a real person's number. */
export function calleeAt(number: string): Callee {
  if (!FILM.test(number)) return fails("not-found", undefined, "network");
  const digits = number.startsWith(BERLIN) ? number.slice(BERLIN.length) : "000";
  return Object.hasOwn(BY_LAST_DIGITS, digits) ? (BY_LAST_DIGITS[digits] ?? ANSWERS) : ANSWERS;
}

/** The numbers that behave in their own way, and how, for those who look for one to dial. */
export function describedCallees(): { number: string; what: string }[] {
  return Object.entries(BY_LAST_DIGITS)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([digits, callee]) => ({ number: `${BERLIN}${digits}`, what: describe(callee) }));
}

function describe({ rings, end, ...callee }: Callee): string {
  const rung = rings === undefined ? "doesn't ring" : `rings ${rings / 1000} s`;
  if (callee.kind === "fails") return `${rung}, then ${end.cause} (${end.party})`;
  const talks =
    callee.talks === undefined
      ? "until somebody hangs up"
      : `${callee.talks / 1000} s, then ${end.cause} (${end.party})`;
  return `${rung}, answers, talks ${talks}`;
}
