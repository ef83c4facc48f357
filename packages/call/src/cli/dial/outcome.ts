// What a user is told about a call that was followed.
import type { CallEnd, EndCause } from "../../call/end-cause.js";
import type { CallChange, CallState } from "../../call/follow/call-state.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { minutesAndSeconds } from "../terminal/minutes-and-seconds.js";

/** The parties, as the user wrote them. */
export interface Parties {
  readonly caller: string;
  readonly callee: string;
}

/** The state as a sentence. It claims no more than the evidence supports. */
export function stateInWords(state: CallState, { caller, callee }: Parties): string {
  switch (state) {
    case "accepted":
      return `sipgate accepted the call: ${caller} should ring, then ${callee}`;
    case "caller-ringing":
      return `${caller} is ringing`;
    case "caller-answered":
      return `${caller} has answered`;
    case "callee-ringing":
      return `${callee} is ringing`;
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
  /** The sentence if the callee is known to be the cause; `…` stands for the callee. */
  readonly ofCallee?: string;
  /** What to check, most likely first. */
  readonly check?: string;
  /** Whether the state of the user's own phone may explain it. */
  readonly ownPhoneMatters?: boolean;
}

const WHICH_PHONE = "sipgate doesn't say whether it was your own phone or the other party's.";

const ENDINGS: Readonly<Record<EndCause, Ending>> = {
  completed: { exit: EXIT.ok, sentence: "The call is over" },
  busy: { exit: EXIT.busy, sentence: "Busy", ofCallee: "… is busy", check: WHICH_PHONE },
  "no-answer": {
    exit: EXIT.noAnswer,
    sentence: "Not answered",
    ofCallee: "… didn't answer",
    check: WHICH_PHONE,
    ownPhoneMatters: true,
  },
  rejected: {
    exit: EXIT.rejected,
    sentence: "Rejected",
    ofCallee: "… rejected the call",
    check: WHICH_PHONE,
    ownPhoneMatters: true,
  },
  canceled: { exit: EXIT.noAnswer, sentence: "Canceled before both parties had answered" },
  "not-found": {
    exit: EXIT.unreachable,
    sentence: "Not found: no such number, or the phone is offline",
    check: "Check the number.",
    ownPhoneMatters: true,
  },
  unreachable: {
    exit: EXIT.unreachable,
    sentence: "Unreachable",
    check:
      "Possible reasons: no such number, the other party's phone is off, its network is congested, sipgate bars the call, or the balance is used up.",
    ownPhoneMatters: true,
  },
  forwarded: { exit: EXIT.ok, sentence: "Forwarded, for example to voicemail" },
  blocked: { exit: EXIT.rejected, sentence: "Blocked" },
  "insufficient-funds": { exit: EXIT.insufficientFunds, sentence: "Cut off: the balance ran out" },
  unknown: {
    exit: EXIT.outcomeUnknown,
    sentence: "The call is over; the reason isn't known",
    check: "The history may show the reason later.",
  },
};

const LOST: Ending = {
  exit: EXIT.outcomeUnknown,
  sentence: "The outcome of the call isn't known",
  check: "Perhaps your own phone never rang.",
  ownPhoneMatters: true,
};

export interface Outcome {
  readonly exit: ExitCode;
  readonly text: string;
  /** What to check; may be empty. */
  readonly check: string;
  /** Whether the state of the user's own phone may explain it. */
  readonly ownPhoneMatters: boolean;
}

/** How a call ended, in sentences, and the exit code for it. */
export function describeOutcome(last: CallChange | undefined, parties: Parties): Outcome {
  const { end } = last ?? {};
  const ending = end === undefined ? LOST : ENDINGS[end.cause];
  const { exit, check = "", ownPhoneMatters = false } = ending;
  if (end?.party === "callee") {
    return { exit, text: `${sentenceOfCallee(ending, parties)}.`, check: "", ownPhoneMatters: false };
  }
  const talked = end?.durationSeconds ? ` after ${minutesAndSeconds(end.durationSeconds)}` : "";
  const text = `${ending.sentence}${byWhom(end)}${talked}.`;
  return { exit, text, check: end?.party === undefined ? check : "", ownPhoneMatters };
}

function sentenceOfCallee({ ofCallee, sentence }: Ending, { callee }: Parties): string {
  return ofCallee?.replace("…", () => callee) ?? sentence;
}

function byWhom(end: CallEnd | undefined): string {
  if (end?.party === "client") return ", hung up from here";
  return end?.party === "caller" ? " by your own phone" : "";
}
