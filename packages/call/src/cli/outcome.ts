// What a user is told of a call that was followed.
import type { CallChange, CallState } from "../call/call-state.js";
import type { EndCause } from "../call/end-cause.js";
import { EXIT, type ExitCode } from "./exit-codes.js";

/** Who takes part, as the user wrote it. */
export interface Parties {
  readonly caller: string;
  readonly callee: string;
}

/** What is going on, for the live line. No more is said than the evidence supports. */
export function stateInWords(state: CallState, { caller, callee }: Parties): string {
  switch (state) {
    case "accepted":
      return `sipgate took the order: ${caller} should ring, then ${callee}`;
    case "caller-ringing":
      return `${caller} rings`;
    case "caller-answered":
      return `${caller} has answered`;
    case "callee-ringing":
      return `${callee} rings`;
    case "connected":
      return `connected with ${callee}`;
    case "ended":
      return "ended";
    case "unknown":
      return "no longer followed";
  }
}

interface Ending {
  readonly exit: ExitCode;
  readonly sentence: string;
  /** What to look at, most likely first. */
  readonly check?: string;
}

const OTHER_PHONE = "sipgate's history doesn't tell whether it was your own phone or the other party's.";

const ENDINGS: Readonly<Record<EndCause, Ending>> = {
  completed: { exit: EXIT.ok, sentence: "The call is over" },
  busy: { exit: EXIT.busy, sentence: "Busy", check: OTHER_PHONE },
  "no-answer": { exit: EXIT.noAnswer, sentence: "Not answered", check: OTHER_PHONE },
  rejected: {
    exit: EXIT.rejected,
    sentence: "Rejected",
    check: `${OTHER_PHONE} Look whether yours is on do-not-disturb: sipgate-call devices.`,
  },
  canceled: { exit: EXIT.noAnswer, sentence: "Canceled before anyone answered" },
  "not-found": { exit: EXIT.unreachable, sentence: "There is no such number", check: "Check its digits." },
  unreachable: {
    exit: EXIT.unreachable,
    sentence: "Unreachable",
    check:
      "Look whether your own phone is online first: sipgate-call devices. Else the other party can't be reached.",
  },
  forwarded: { exit: EXIT.ok, sentence: "Forwarded, such as to a voicemail" },
  blocked: { exit: EXIT.rejected, sentence: "Blocked by the other party" },
  "insufficient-funds": { exit: EXIT.insufficientFunds, sentence: "Cut off: the balance ran out" },
  unknown: {
    exit: EXIT.outcomeUnknown,
    sentence: "The call is over; why isn't known",
    check: "The history may show it later.",
  },
};

const LOST: Ending = {
  exit: EXIT.outcomeUnknown,
  sentence: "What became of the call isn't known",
  check: "Look at your phone, and whether it was online: sipgate-call devices.",
};

/** How a call ended, in a sentence, what to check, and the exit code for it. */
export function outcomeOf(last: CallChange | undefined): { exit: ExitCode; text: string } {
  const { end } = last ?? {};
  const { exit, sentence, check } = end === undefined ? LOST : ENDINGS[end.cause];
  const talked = end?.duration ? ` after ${clock(end.duration)}` : "";
  return { exit, text: [`${sentence}${talked}.`, check].filter(Boolean).join(" ") };
}

/** Seconds as minutes and seconds, e.g. `2:05`. */
export function clock(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
  return `${minutes}:${String(rest).padStart(2, "0")}`;
}
