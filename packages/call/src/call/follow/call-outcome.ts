import { CallError } from "../errors.js";
import type { CallChange, CallState } from "./call-state.js";
import { isOver } from "./call-state.js";

/** What became of a call. */
export interface CallOutcome extends CallChange {
  /** `unknown` if following had to give up without having observed the end. */
  readonly state: "ended" | "unknown";
  /** The states that it was observed to reach, in order, including the last one. */
  readonly states: readonly CallState[];
}

/**
 * Waits for the end among a call's changes.
 *
 * @param signal that stops them
 * @throws CallError `aborted` if they stop before it
 */
export async function waitForOutcome(
  changes: AsyncIterable<CallChange>,
  signal?: AbortSignal,
): Promise<CallOutcome> {
  const states: CallState[] = [];
  const notes = new Set<string>();
  for await (const change of changes) {
    states.push(change.state);
    for (const note of change.notes) notes.add(note);
    const { state } = change;
    if (isOver(state)) return { ...change, state, states, notes: [...notes] };
  }
  throw new CallError("aborted", "Following the call was stopped; it may go on.", {
    remedy: "Follow it again, or look into the history later.",
    placed: "yes",
    cause: signal?.reason,
  });
}
