// The states and ends of a call in sentences. They claim no more than what was observed.
import type { CallEnd, CallState, EndCause } from "sipgate-call";

const STATES: Readonly<Record<CallState, string>> = {
  accepted:
    "sipgate accepted the call: the caller's phone should ring, then the callee's. Nobody has answered yet, as far as is known",
  "caller-ringing": "The caller's own phone is ringing",
  "caller-answered": "The caller's own phone was answered",
  "callee-ringing": "The callee's phone is ringing",
  connected: "The call is connected. Whether a person or a mailbox answered isn't known",
  ended: "The call has ended",
  unknown: "The call is no longer followed, and its end wasn't observed",
};

export function stateInWords(state: CallState): string {
  return STATES[state];
}

const ENDINGS: Readonly<Record<EndCause, { readonly text: string; readonly remedy: string }>> = {
  completed: { text: "The call is over: both sides were connected.", remedy: "" },
  busy: { text: "Busy.", remedy: "Ask the person before calling again later." },
  "no-answer": {
    text: "Not answered.",
    remedy: "It may have been the caller's own phone: check that it's at hand. Ask before calling again.",
  },
  rejected: {
    text: "Rejected.",
    remedy: "Don't call again unless the person asks for it.",
  },
  canceled: { text: "Canceled before both sides had answered.", remedy: "" },
  "not-found": {
    text: "Not found: no such number, or the phone is offline.",
    remedy: "Check the number with the person.",
  },
  unreachable: {
    text: "Unreachable.",
    remedy:
      "Possible reasons: no such number, a phone that is off, a congested network, a barred number, or an empty balance. check_call may tell.",
  },
  forwarded: { text: "Forwarded, for example to voicemail.", remedy: "" },
  blocked: { text: "Blocked.", remedy: "sipgate doesn't allow this call: tell the person." },
  "insufficient-funds": { text: "Cut off: the balance ran out.", remedy: "The person has to top it up." },
  unknown: {
    text: "The call is over; the reason isn't known.",
    remedy: "call_history may show the reason later.",
  },
};

export interface OutcomeWords {
  readonly text: string;
  readonly cause: EndCause;
  readonly remedy: string;
}

export function outcomeInWords({ cause, party, durationSeconds }: CallEnd): OutcomeWords {
  const { text, remedy } = ENDINGS[cause];
  const who = {
    caller: " It was the caller's own phone.",
    callee: " It was the callee.",
    network: " It was the network.",
    client: " It was hung up from here.",
  };
  const talked = durationSeconds ? ` They were connected for ${durationSeconds} s.` : "";
  return { text: `${text}${party === undefined ? "" : who[party]}${talked}`, cause, remedy };
}
