// In the embedded sandbox the states of both legs are known, those included that nothing of sipgate's API shows. They are
// shown as what they are, so nobody expects them of a real call.
import { type CallState, canBecome } from "../../call/follow/call-state.js";
import type { Display } from "./display.js";
import { type Parties, stateInWords } from "./outcome.js";

/** Where a call stands in the embedded sandbox, in its words. */
export type StateInSandbox = (callId: string) => string | undefined;

const HIDDEN: readonly CallState[] = ["caller-answered", "callee-ringing"];
const LOOK_EVERY_MS = 100;

/**
 * @param shown what following has shown last
 * @returns what ends it
 */
export function showHiddenStates(
  stateOf: () => string | undefined,
  shown: () => CallState | undefined,
  parties: Parties,
  display: Display,
): () => void {
  const told = new Set<CallState>();
  const timer = setInterval(() => {
    const state = HIDDEN.find((hidden) => hidden === stateOf());
    if (state === undefined || told.has(state)) return;
    told.add(state);
    if (!canBecome(shown() ?? "accepted", state)) return;
    display.aside(`${stateInWords(state, parties)} (seen in the sandbox only)`);
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
