import { BARRED_PREFIXES, pushCauseFor, RING_TIMEOUT_MS } from "../assumptions.js";
import type { EndCause, Party, PushCause } from "../switch/end.js";
import type { PhoneBehaviour } from "./behaviour.js";
import { berlinDigits, isFilmNumber } from "./film-numbers.js";

/** A number to dial in the Berlin film range, and what happens to the call. */
export interface Callee {
  /** The last three digits of the number: the SIP status code of the outcome, if it has one. */
  readonly digits: string;
  readonly behaviour: PhoneBehaviour;
  /** Why the call ends, unless somebody ends it earlier. */
  readonly cause: EndCause;
  /** What happens to the call, in English. */
  readonly outcome: string;
}

const ANSWERS: Callee = {
  digits: "000",
  behaviour: { kind: "answers", afterMs: 3_000, hangsUpAfterMs: 30_000 },
  cause: "completed",
  outcome: "answers after 3 s, hangs up 30 s later",
};

const NOT_FOUND = declines("404", 0, "network", "not-found", "there is no such number");
const BLOCKED = declines("403", 0, "network", "blocked", "the call is barred");

/** All outcomes. */
export const CALLEES: readonly Callee[] = [
  ANSWERS,
  {
    digits: "001",
    behaviour: { kind: "answers", afterMs: 0 },
    cause: "completed",
    outcome: "answers at once, stays until the call is hung up",
  },
  {
    digits: "002",
    behaviour: { kind: "answers", afterMs: 0, echoes: true },
    cause: "completed",
    outcome: "answers at once, stays until the call is hung up; registered phones hear themselves after 1 s",
  },
  {
    digits: "005",
    behaviour: { kind: "answers", afterMs: 1_000, hangsUpAfterMs: 5_000 },
    cause: "completed",
    outcome: "answers after 1 s, hangs up 5 s later",
  },
  declines("302", 0, "callee", "forwarded", "is forwarded elsewhere"),
  declines("402", 0, "network", "insufficient-funds", "the balance doesn't suffice for this destination"),
  BLOCKED,
  NOT_FOUND,
  {
    digits: "408",
    behaviour: { kind: "rings" },
    cause: "no-answer",
    outcome: `rings and is never answered; the network gives up after ${RING_TIMEOUT_MS / 1_000} s`,
  },
  { digits: "480", behaviour: { kind: "offline" }, cause: "unreachable", outcome: "is offline" },
  declines("486", 0, "callee", "busy", "is busy"),
  declines("487", 10_000, "caller", "canceled", "rings; the caller hangs up after 10 s"),
  declines(
    "503",
    1_000,
    "network",
    "unreachable",
    "rings for 1 s, then the network is congested",
    "congestion",
  ),
  declines("603", 2_000, "callee", "rejected", "rings for 2 s, then declines"),
];

const CALLEE_BY_DIGITS = new Map(CALLEES.map((callee) => [callee.digits, callee]));

/**
 * How the phone behind a number behaves. Only film numbers exist.
 * @param number E.164 with plus
 */
export function behaviourOfNumber(number: string): PhoneBehaviour {
  const digits = berlinDigits(number);
  const callee = digits === undefined ? undefined : CALLEE_BY_DIGITS.get(digits);
  if (callee !== undefined) return callee.behaviour;
  if (isFilmNumber(number)) return ANSWERS.behaviour;
  return isBarred(number) ? BLOCKED.behaviour : NOT_FOUND.behaviour;
}

function isBarred(number: string): boolean {
  return BARRED_PREFIXES.some((prefix) => number.startsWith(prefix));
}

function declines(
  digits: string,
  ringsMs: number,
  party: Party,
  cause: EndCause,
  outcome: string,
  raw: PushCause = pushCauseFor(cause),
): Callee {
  return {
    digits,
    behaviour: { kind: "declines", ringsMs, end: { party, cause, raw } },
    cause,
    outcome,
  };
}
