import { CallError } from "../call/errors.js";
import type { RunningCall } from "../call/telephony.js";
import { printable } from "../call/text/printable.js";
import type { Client } from "../client/client.js";
import { CommandError } from "./command-error.js";
import type { JsonRunningCall } from "./json/json-objects.js";
import { othersIn } from "./parties-of-call.js";
import { placedFromHere } from "./placed-calls.js";
import { canAsk } from "./terminal/ask.js";
import { chooseLine } from "./terminal/choose-line.js";
import { personTime } from "./terminal/person-time.js";

/**
 * The id of the call to act on: the given one, else the only running one, else the one that the user picks.
 *
 * @throws CallError if none is running, or several are and there is no terminal to ask on
 */
export async function chooseCall(client: Client, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const running = (await client.calls()).map(withOrigin);
  const [only] = running;
  if (only === undefined) throw noCall();
  if (running.length === 1) return only.callId;
  if (!canAsk()) throw severalCalls(running);
  const index = await chooseLine("Which call?", distinct(running));
  const chosen = index === undefined ? undefined : running[index];
  if (chosen === undefined) throw noneChosen();
  return chosen.callId;
}

/** With what is known of it if it was placed from here: sipgate lists neither when a call began nor from which phone. */
export function withOrigin(call: RunningCall): JsonRunningCall {
  const placed = placedFromHere().find(({ callId }) => callId === call.callId);
  if (placed === undefined) return call;
  return { ...call, caller: placed.caller, placedAt: new Date(placed.placedAt).toISOString() };
}

/** What is going on in a call. */
export function stateOf({ muted, hold, recording }: RunningCall): string {
  const state = [muted && "muted", hold && "on hold", recording && "recorded"].filter(Boolean);
  return ["connected", ...state].join(", ");
}

/** A line for each call. Those that would read alike have their ids. */
function distinct(calls: readonly JsonRunningCall[]): string[] {
  const lines = calls.map(describe);
  return lines.map((line, index) => {
    const callId = calls[index]?.callId ?? "";
    const isAlone = lines.indexOf(line) === lines.lastIndexOf(line);
    return isAlone ? line : `${line}, ${printable(callId, callId.length)}`;
  });
}

function describe(call: JsonRunningCall): string {
  const { participants, caller, placedAt } = call;
  const own = participants.find(({ owner }) => owner)?.phoneNumber;
  return [
    `with ${othersIn(call, (number) => number)}`,
    ...(caller === undefined && !own ? [] : [`from ${printable(caller ?? own ?? "")}`]),
    ...(placedAt === undefined ? [] : [`since ${personTime(new Date(placedAt), undefined)}`]),
    stateOf(call),
  ].join(", ");
}

function noneChosen(): CommandError {
  return new CommandError("several-calls", "No call was chosen; nothing was done.", NAME_ONE);
}

const NAME_ONE = "Name one with --call ID. `sipgate-call calls` lists them.";

/** sipgate lists established calls only. */
export const NO_CALL = "No call is running. sipgate doesn't list a call that still rings.";

function noCall(): CallError {
  return new CallError("call-not-found", NO_CALL, {
    remedy: "Wait until it's answered, or name the call by the id that dial printed: --call ID.",
    placed: "no",
  });
}

function severalCalls(calls: readonly JsonRunningCall[]): CommandError {
  const lines = distinct(calls).map((line) => `\n  ${line}`);
  const message = `${calls.length} calls are running:${lines.join("")}`;
  return new CommandError("several-calls", message, NAME_ONE, { calls });
}
