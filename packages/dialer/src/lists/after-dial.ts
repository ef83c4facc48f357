// What an agent has before them after a click on "Call": the call is over, or why nobody was called.
import type { DialResult, HandedOut } from "sipgate-call-lists";
import type { WireDeskState, WireListContact, WireListProblem } from "../wire/wire.js";
import { listProblemOf, problem } from "./list-problem.js";
import { wireReasonOf } from "./wire-contact.js";

/** A contact in the agent's hands. */
export interface Held {
  readonly handed: HandedOut;
  readonly contact: WireListContact;
}

export interface AfterDial {
  readonly now: WireDeskState;
  readonly problem: WireListProblem | undefined;
}

/** @returns `contact` if the agent still has the contact, `stopped` if the agent is sent home */
export function afterDial(result: DialResult, { contact, handed }: Held, orderId: string): AfterDial {
  const still = (why: WireListProblem): AfterDial => ({ now: { kind: "contact", contact }, problem: why });
  switch (result.kind) {
    case "over": {
      const { state, cause = "unknown", durationSeconds } = result.end;
      const until = new Date(Date.now() + handed.list.settings.wrapUpSeconds * 1_000);
      const now: WireDeskState = {
        kind: "over",
        contact,
        orderId,
        cause,
        isUnknown: state === "unknown",
        durationSeconds,
        wrapUpUntil: until.toISOString(),
      };
      return { now, problem: undefined };
    }
    case "refused": {
      const reasons = result.reasons.map(wireReasonOf);
      const earliest = result.earliest?.toISOString();
      return { now: { kind: "refused", contact, reasons, earliest }, problem: undefined };
    }
    case "not-dialled": {
      const why = listProblemOf(result.error);
      return result.isKept ? still(why) : { now: { kind: "lost", contact }, problem: why };
    }
    case "wait":
      return still(problem(result.reason.rule, result.reason.message, "", result.reason.until));
    case "agent-busy":
      return still(problem("agent-busy", "Another call of this agent is running."));
    case "paused":
      return still(problem("paused", "The list is paused."));
    case "lost":
      return { now: { kind: "lost", contact }, problem: undefined };
    case "stopped":
      return { now: { kind: "stopped" }, problem: undefined };
  }
}
