// A call as the user names it: `1` as `calls` numbers it, `last`, or its id.
import { CallError } from "../call/errors.js";
import { printable } from "../call/text/printable.js";
import { callNumbered } from "./call-numbers.js";
import { placedFromHere } from "./placed-calls.js";

export interface NamedCall {
  readonly callId: string;
  /** What the command did, and with which call; undefined if the user gave the id. */
  readonly parties?: string;
}

/** A list that is older says little about what the user has in mind. */
const STALE_MS = 3_600_000;

/**
 * @param typed what the user calls it; undefined if no call was named
 * @throws CallError if it's a number or `last`, and no call of this account goes by it
 */
export async function namedCall(account: string, typed: string | undefined): Promise<NamedCall | undefined> {
  if (typed === undefined) return undefined;
  if (typed.toLowerCase() === "last") return lastOf(account);
  if (/^#?\d{1,3}$/.test(typed)) return numbered(account, Number(typed.replace("#", "")));
  return { callId: typed };
}

/** What sipgate says of a call, told of the one that was named. */
export function ofNamedCall(error: unknown, { parties }: NamedCall): unknown {
  if (parties === undefined || !(error instanceof CallError) || error.code !== "call-not-found") return error;
  const message = `That call, ${parties}, isn't running: it has ended, or it still rings.`;
  const { remedy, placed, status } = error;
  return new CallError("call-not-found", message, { remedy, placed, status });
}

async function numbered(account: string, number: number): Promise<NamedCall> {
  const call = await callNumbered(account, number);
  if (call === undefined) throw unknownCall(`No call has the number ${number}.`);
  const age = Math.abs(Date.now() - call.listedAt);
  if (age > STALE_MS)
    throw unknownCall(`Your list of calls is ${hours(age)} old: it may be another call now.`);
  return { callId: call.callId, parties: `with ${printable(call.parties)}` };
}

function hours(milliseconds: number): string {
  const whole = Math.round(milliseconds / 3_600_000);
  return whole === 1 ? "an hour" : `${whole} hours`;
}

function lastOf(account: string): NamedCall {
  const [call] = placedFromHere();
  if (call === undefined) throw unknownCall("No call was placed from here yet.");
  if (call.account !== account) throw unknownCall("The last call from here was placed with another account.");
  if (call.callId === undefined)
    throw unknownCall("sipgate's response to the last call was lost, so its id isn't known.");
  return { callId: call.callId, parties: `with ${printable(call.callee)}` };
}

function unknownCall(message: string): CallError {
  const remedy = "See what is running with `sipgate-call calls`.";
  return new CallError("call-not-found", message, { remedy, placed: "no" });
}
