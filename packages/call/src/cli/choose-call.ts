import { CallError } from "../call/errors.js";
import type { RunningCall } from "../call/telephony.js";
import { printable } from "../call/text/printable.js";
import type { Client } from "../client/client.js";
import { CommandError } from "./command-error.js";
import { ask, canAsk } from "./terminal/ask.js";

/**
 * The id of the call that's meant: the one given, else the only one that is running, else the one that the user picks.
 *
 * @throws CallError where none is running, or there are several and nobody to ask
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

/** Who talks to whom, for a human. */
export function describeCall({ participants }: RunningCall): string {
  const names = participants.map(({ phoneNumber, owner }) => {
    const number = phoneNumber === "" ? "withheld number" : printable(phoneNumber);
    return owner ? `you (${number})` : number;
  });
  return names.join(" with ");
}

async function choose(running: readonly RunningCall[]): Promise<string> {
  for (const [index, call] of running.entries())
    process.stderr.write(`  ${index + 1}  ${describeCall(call)}\n`);
  for (;;) {
    const answer = await ask(`Which call, 1 to ${running.length}? `);
    if (answer === undefined) throw noneChosen();
    const chosen = /^\d{1,4}$/.test(answer.trim()) ? running[Number(answer) - 1] : undefined;
    if (chosen !== undefined) return chosen.callId;
  }
}

function noneChosen(): CommandError {
  return new CommandError("several-calls", "No call was chosen: nothing was done.", NAME_ONE);
}

const NAME_ONE = "Name one with --call ID; sipgate-call calls lists their ids.";

function noCall(): CallError {
  return new CallError(
    "call-not-found",
    "No call is running. A call that still rings isn't listed by sipgate.",
    {
      remedy: "Wait until it's answered, or name the call with --call and the call id that dial printed.",
      placed: "no",
    },
  );
}

function severalCalls(running: readonly RunningCall[]): CommandError {
  const list = running.map(describeCall).join("; ");
  return new CommandError("several-calls", `${running.length} calls are running: ${list}.`, NAME_ONE);
}
