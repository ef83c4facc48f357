import { readPhoneNumber } from "../../call/number/phone-number.js";
import type { AccountNumber } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";
import { inCommandWords } from "../terminal/command-words.js";
import type { Asking, Reading } from "./asking.js";
import { listed } from "./listed.js";

const NONE = "none";
const MESSAGE = "Caller ID: the number that people you call see";

/** The caller ID; undefined if sipgate decides. */
export async function chooseCallerId(
  client: Client,
  ask: Asking,
  known: string | undefined,
): Promise<string | undefined> {
  const numbers = await listed(client.numbers(), "numbers", ask);
  if (numbers === undefined) {
    return ask.text({
      message: `${MESSAGE} (empty: sipgate decides)`,
      initial: known,
      optional: true,
      read: optionalNumber,
    });
  }
  // Quick dials and the like have no number to show.
  const full = numbers.filter(({ number }) => /^\+\d+$/.test(number));
  if (full.length === 0) return undefined;
  const choices = [{ id: NONE, label: "sipgate decides, as set in your account" }, ...full.map(choiceOf)];
  const initial = full.find(({ number }) => number === known)?.number ?? NONE;
  const chosen = await ask.choose({ message: MESSAGE, choices, initial, optional: true });
  return chosen === NONE ? undefined : chosen;
}

function choiceOf({ number, localized, endpointAlias }: AccountNumber) {
  const about = [localized, endpointAlias].filter((word) => word !== undefined && word !== "");
  return { id: number, label: about.map((word) => printable(word ?? "")).join(", ") };
}

/** A number in international form; undefined if the answer is empty. */
export async function optionalNumber(answer: string): Promise<Reading<string | undefined>> {
  return answer === "" || answer === NONE ? { ok: true, value: undefined } : phoneNumber(answer);
}

export async function phoneNumber(answer: string): Promise<Reading<string>> {
  const result = await readPhoneNumber(answer);
  if (result.ok) return { ok: true, value: result.number };
  // An answer with letters may be for another question: a token must not be repeated.
  const problem = /[a-z]/i.test(answer) ? "It isn't a phone number." : result.message;
  return { ok: false, problem: inCommandWords(`${problem} ${result.remedy}`) };
}
