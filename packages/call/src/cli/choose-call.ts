import { CallError } from "../call/errors.js";
import type { RunningCall } from "../call/telephony.js";
import { printable } from "../call/text/printable.js";
import type { Client } from "../client/client.js";
import { CommandError } from "./command-error.js";
import { ask, canAsk } from "./terminal/ask.js";
import { writeErr } from "./terminal/standard-streams.js";

/**
 * The id of the call to act on: the given one, else the only running one, else the one that the user picks.
 *
 * @throws CallError if none is running, or several are and there is no terminal to ask on
 */
export async function chooseCall(client: Client, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const running = await client.calls();
  const [only] = running;
  if (only === undefined) throw noCall();
  if (running.length === 1) return only.callId;
  if (!canAsk()) throw severalCalls(running);
  return choose(running);
}

/** Who is talking to whom, for a human. */
export function describeCall({ participants }: RunningCall): string {
  const names = participants.map(({ phoneNumber, owner }) => {
    const number = phoneNumber === "" ? "withheld number" : printable(phoneNumber);
    return owner ? `you (${number})` : number;
  });
  return names.join(" with ");
}

async function choose(running: readonly RunningCall[]): Promise<string> {
  for (const [index, call] of running.entries()) writeErr(`  ${index + 1}  ${describeCall(call)}\n`);
  for (;;) {
    const answer = await ask(`Which call, 1 to ${running.length}? `);
    if (answer === undefined) throw noneChosen();
    const chosen = /^\d{1,4}$/.test(answer.trim()) ? running[Number(answer) - 1] : undefined;
    if (chosen !== undefined) return chosen.callId;
  }
}

function noneChosen(): CommandError {
  return new CommandError("several-calls", "No call was chosen; nothing was done.", NAME_ONE);
}

const NAME_ONE = "Name one with --call ID. sipgate-call calls lists the ids.";

/** sipgate lists established calls only. */
export const NO_CALL = "No call is running. sipgate doesn't list a call that still rings.";

function noCall(): CallError {
  return new CallError("call-not-found", NO_CALL, {
    remedy: "Wait until it's answered, or name the call by the id that dial printed: --call ID.",
    placed: "no",
  });
}

function severalCalls(running: readonly RunningCall[]): CommandError {
  const list = running.map(describeCall).join("; ");
  return new CommandError("several-calls", `${running.length} calls are running: ${list}.`, NAME_ONE);
}
