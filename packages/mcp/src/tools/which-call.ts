// Which running call is meant, for the person who is asked: with whom it is.
import { type Client, readPhoneNumber } from "sipgate-call";
import { factsOf } from "../rules/number-facts.js";
import { quoted } from "../text.js";

/** Contacts and calls are shown if they can be read soon. */
const LOOK_MS = 3_000;

export interface NamedCall {
  /** Such as `the call with +49 30 23125001 (id “…”)`. */
  readonly words: string;
  readonly points: readonly string[];
}

/** @param callee of a call that the tools have placed */
export async function whichCall(
  callId: string,
  client: Client,
  callee: string | undefined,
): Promise<NamedCall> {
  const listed = await client.calls({ timeoutMs: LOOK_MS }).catch(() => []);
  const others = listed
    .find((call) => call.callId === callId)
    ?.participants.filter(({ owner }) => !owner)
    .map(({ phoneNumber }) => phoneNumber);
  const numbers = others ?? (callee === undefined ? [] : [callee]);
  const names = await Promise.all(numbers.map((number) => namesOf(number, client)));
  const words = `the call with ${await partiesInWords(numbers)} (id ${quoted(callId)})`;
  return {
    words,
    points: [`With: ${await partiesInWords(numbers)}`, ...names.flat(), `Id: ${quoted(callId)}`],
  };
}

/** Without asking sipgate. */
export async function callInWords(callId: string, callee: string | undefined): Promise<string> {
  return `the call with ${await partiesInWords(callee === undefined ? [] : [callee])} (id ${quoted(callId)})`;
}

/** Whom the person knows by that number. A name is what somebody wrote. */
export async function namesOf(number: string, client: Client): Promise<string[]> {
  const contacts = await client.contacts({ timeoutMs: LOOK_MS }).catch(() => []);
  const known = contacts.filter(({ numbers }) => numbers.some((entry) => entry.number === number));
  return known.slice(0, 3).map(({ name }) => `In the contacts: ${quoted(name)}`);
}

async function partiesInWords(numbers: readonly string[]): Promise<string> {
  if (numbers.length === 0) return "an unknown number: it isn't in the list of running calls";
  const shown = await Promise.all(numbers.map(numberInWords));
  return shown.join(" and ");
}

async function numberInWords(number: string): Promise<string> {
  if (number === "") return "a withheld number";
  const read = await readPhoneNumber(number);
  return read.ok ? (await factsOf(read.number)).formatted : quoted(number);
}
