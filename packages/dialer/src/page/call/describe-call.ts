// What a call looks like and is called: headline, line, and both legs. Says no more than the evidence does.
import type { EndCause } from "sipgate-call";
import type { WireCall, WireChange } from "../../wire/wire.js";
import type { Words } from "../words/words.js";

/** How a leg is drawn. */
type LegLook = "waiting" | "ringing" | "calling" | "answered" | "held" | "ended" | "failed" | "unknown";
type LegWord = keyof Words["legs"];
export interface Leg {
  readonly look: LegLook;
  readonly word: LegWord;
}

export interface CallDescription {
  readonly headline: string;
  readonly line: string;
  /** What else is known, as sentences. */
  readonly notes: readonly string[];
  readonly near: Leg;
  readonly far: Leg;
}

const leg = (look: LegLook, word: LegWord): Leg => ({ look, word });
const UNKNOWN = leg("unknown", "unknown");

/**
 * @param name of the other party: a contact's, or the number
 * @param phone the name of our own phone
 */
export function describeCall(call: WireCall, words: Words, name: string, phone: string): CallDescription {
  const change = call.changes.at(-1);
  switch (change?.state) {
    case "caller-ringing":
      return {
        headline: words.callerRinging,
        line: words.callerRingingLine(phone, name),
        notes: [],
        near: leg("ringing", "ringing"),
        far: leg("waiting", "is-next"),
      };
    case "caller-answered":
      return {
        headline: words.callerAnswered,
        line: words.callerAnsweredLine(name),
        notes: [],
        near: leg("answered", "answered"),
        far: leg("waiting", "not-called"),
      };
    case "callee-ringing":
      return {
        headline: words.calleeRinging(name),
        line: words.calleeRingingLine,
        notes: [],
        near: leg("answered", "answered"),
        far: leg("ringing", "ringing"),
      };
    case "connected":
      return {
        headline: call.held ? words.held(name) : words.connected(name),
        line: "",
        notes: [],
        near: leg("answered", "connected"),
        far: call.held ? leg("held", "held") : leg("answered", "connected"),
      };
    case "ended":
      return call.problem === undefined ? ended(call, change, words, name) : notPlaced(call, words);
    case "unknown":
      return unknown(call, words, name);
    default:
      return beforeRinging(call, words, name, phone);
  }
}

function beforeRinging(call: WireCall, words: Words, name: string, phone: string): CallDescription {
  const isNeo = call.platform === "neo";
  const isPlacing = call.changes.at(-1)?.state === "placing";
  return {
    headline: isPlacing ? words.placing : words.accepted,
    line: isPlacing ? "" : isNeo ? words.acceptedLineNeo : words.acceptedLine(phone, name),
    notes: [],
    near: leg("waiting", isNeo ? "is-to-ring" : "is-first"),
    far: leg("waiting", isNeo ? "is-to-ring" : "is-next"),
  };
}

function notPlaced(call: WireCall, words: Words): CallDescription {
  return {
    headline: words.notPlaced,
    line: call.problem === undefined ? "" : words.problems[call.problem.code],
    notes: [],
    near: leg("waiting", "ready"),
    far: leg("waiting", "not-called"),
  };
}

function unknown(call: WireCall, words: Words, name: string): CallDescription {
  const { found, code } = call.problem ?? {};
  return {
    headline: words.unknown.headline,
    line: words.unknown.line(name),
    notes: [
      ...(code === undefined ? [] : [words.problems[code]]),
      ...(found === undefined ? [] : [words.unknown[found]]),
    ],
    near: UNKNOWN,
    far: UNKNOWN,
  };
}

/** Causes that can be either phone's: whose it was has to be known before anybody is named. */
const OF_EITHER = ["busy", "no-answer", "rejected", "unreachable"] as const;
type OfEither = (typeof OF_EITHER)[number];
const isOfEither = (cause: EndCause): cause is OfEither => OF_EITHER.some((each) => each === cause);

const WORD_OF: Readonly<Record<OfEither, LegWord>> = {
  busy: "busy",
  "no-answer": "no-answer",
  rejected: "rejected",
  unreachable: "not-reached",
};

function ended(call: WireCall, change: WireChange, words: Words, name: string): CallDescription {
  const { cause = "unknown", party } = change.end ?? {};
  const { headline, line } = words.ends[cause];
  const named = { headline: headline(name), line: line(name), notes: [] };
  if (isOfEither(cause)) {
    const word = WORD_OF[cause];
    if (party === "caller")
      return {
        headline: words.endsOfOwn[cause],
        line: words.ownLine,
        notes: [],
        near: leg("failed", word),
        far: leg("waiting", "not-called"),
      };
    const ownAnswered = wasOwnAnswered(call);
    if (party !== "callee" && !ownAnswered)
      return {
        headline: words.endsOfNobody[cause],
        line: line(name),
        notes: [words.whose],
        near: UNKNOWN,
        far: UNKNOWN,
      };
    const notes = ownAnswered ? [words.ownAnswered] : [];
    return { ...named, notes, near: leg("ended", "ended"), far: leg("failed", word) };
  }
  switch (cause) {
    case "unknown":
      return { ...named, near: UNKNOWN, far: UNKNOWN };
    case "not-found":
    case "blocked":
    case "insufficient-funds":
      return { ...named, near: leg("ended", "ended"), far: leg("failed", "not-reached") };
    default: {
      const both = { near: leg("ended", "ended"), far: leg("ended", "ended") };
      return { ...named, notes: cause === "completed" ? whoHungUp(party, words) : [], ...both };
    }
  }
}

const wasOwnAnswered = ({ changes }: WireCall): boolean =>
  changes.some(({ state }) => ["caller-answered", "callee-ringing", "connected"].includes(state));

function whoHungUp(party: "caller" | "callee" | "network" | "client" | undefined, words: Words): string[] {
  if (party === "caller" || party === "client") return [words.hungUpHere];
  return party === "callee" ? [words.hungUpThere] : [];
}
