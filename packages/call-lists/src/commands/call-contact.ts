// One call of an agent at work, from the confirmation to what the agent says of it.
import { setTimeout as sleep } from "node:timers/promises";
import type { NewCall } from "sipgate-call";
import type { Said } from "../lists/agent-says.js";
import type { HandedOut } from "../lists/hand-out.js";
import type { DialResult } from "../work/dial-contact.js";
import type { Shift } from "../work/shift.js";
import type { Terminal } from "./terminal.js";

/** An agent waits no longer for the account's rates; then the day's calls are placed. */
const LONGEST_WAIT_MS = 120_000;

/** What follows: `called`, time to wrap up; `go on`, the next contact; `leave`, the end of the agent's work. */
export type AfterContact = "called" | "go on" | "leave";

export async function callContact(
  shift: Shift,
  contact: HandedOut,
  terminal: Terminal,
): Promise<AfterContact> {
  for (;;) {
    const result = await withHangUp((onCall) =>
      shift.dial(contact, {
        onCall,
        onState: (state) => terminal.show(`  ${state}`, { type: "state", state }),
      }),
    );
    tell(result, terminal);
    if (result.kind === "over") {
      if (result.end.cause === "completed") await askDisposition(shift, result.attemptId, terminal);
      return "called";
    }
    const waitMs = waitOf(result);
    if (waitMs === undefined || waitMs > LONGEST_WAIT_MS) {
      await shift.giveBack(contact);
      return result.kind === "stopped" || waitMs !== undefined ? "leave" : "go on";
    }
    await shift.keep(contact, waitMs / 1_000 + KEEP_SECONDS);
    await sleep(waitMs);
  }
}

/** What is left of the lease after a wait. */
const KEEP_SECONDS = 60;

/** How long to wait before the same contact is tried again; undefined if it isn't the agent's any more. */
function waitOf(result: DialResult): number | undefined {
  if (result.kind === "wait") return result.reason.inMs;
  if (result.kind === "not-dialled" && result.isKept) return 0;
  return undefined;
}

function tell(result: DialResult, terminal: Terminal): void {
  const { text, ...object } = told(result);
  terminal.show(text, { type: "call", ...object });
}

function told(result: DialResult): { readonly text: string; readonly [key: string]: unknown } {
  switch (result.kind) {
    case "over": {
      const { end, attemptId } = result;
      const text =
        end.state === "unknown"
          ? "It isn't known what became of the call: a person has to look. See sipgate-call-lists unknown."
          : `The call has ended: ${end.cause}.`;
      return { text, result: "over", attemptId, ...end };
    }
    case "not-dialled":
      return {
        text: `Nothing was dialled. ${result.error.message}`,
        result: "not-dialled",
        code: result.error.code,
      };
    case "refused":
      return {
        text: `Not called: ${result.reasons.map(({ message }) => message).join(" ")}`,
        result: "refused",
        reasons: result.reasons,
      };
    case "wait":
      return { text: `A moment: ${result.reason.message}`, result: "wait", reason: result.reason };
    case "lost":
      return { text: "It took too long: somebody else may have the contact.", result: "lost" };
    case "agent-busy":
      return { text: "Another call of this agent is running.", result: "agent-busy" };
    case "paused":
    case "stopped":
      return { text: `The list is ${result.kind}: nobody was called.`, result: result.kind };
  }
}

/** Ctrl+C hangs up the call that runs. Without one, it ends the program as usual. */
async function withHangUp<T>(work: (onCall: (call: NewCall) => void) => Promise<T>): Promise<T> {
  let hangUp = () => {};
  try {
    return await work((call) => {
      hangUp = () => void call.hangUp().catch(() => {});
      process.on("SIGINT", hangUp);
    });
  } finally {
    process.off("SIGINT", hangUp);
  }
}

async function askDisposition(shift: Shift, attemptId: string, terminal: Terminal): Promise<void> {
  const choices = await shift.dispositions();
  const question = choices.map(({ name }, at) => `${at + 1} ${name}`).join(" · ");
  for (;;) {
    const answer = await terminal.ask(`How was it? ${question} · Enter: nothing to say`);
    if (!answer) return;
    const [number = "", ...note] = answer.split(/\s+/);
    const chosen = choices[Number(number) - 1] ?? choices.find(({ name }) => name === answer);
    if (chosen === undefined) {
      terminal.note("Type one of the numbers, and a note after it if you like.");
      continue;
    }
    const callBackAt = chosen.effect === "call-back" ? await askTime(terminal) : undefined;
    const said: Said = { disposition: chosen.name, note: note.join(" ") || undefined, callBackAt };
    await shift.say(attemptId, said);
    return;
  }
}

async function askTime(terminal: Terminal): Promise<Date | undefined> {
  for (;;) {
    const answer = await terminal.ask("When? Such as 2026-12-01 14:30, your time");
    if (!answer) return undefined;
    const at = new Date(answer.replace(" ", "T"));
    if (!Number.isNaN(at.getTime())) return at;
    terminal.note("That's no time.");
  }
}

export async function wrapUp({ list }: HandedOut, terminal: Terminal): Promise<"go on" | "leave"> {
  const { wrapUpSeconds } = list.settings;
  if (wrapUpSeconds === 0 || terminal.isClosed) return "go on";
  const answer = await terminal.ask(
    `The next contact comes in ${wrapUpSeconds} s, or at once with Enter. q: leave`,
    wrapUpSeconds * 1_000,
  );
  return /^q/i.test(answer ?? "") ? "leave" : "go on";
}
