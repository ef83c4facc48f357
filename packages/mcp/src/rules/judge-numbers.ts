// Which numbers a call rings, and whether the rules allow each of them.
import type { CallRequest, E164, Problem } from "sipgate-call";
import { judgeNumber } from "./judge.js";
import { factsOf } from "./number-facts.js";
import type { WholeRules } from "./rules.js";

/** The caller rings first: it may be any number, too, and not only a phone of the account. */
export function rungBy({ caller, callee }: Pick<CallRequest, "caller" | "callee">): E164[] {
  return [callee, caller].filter((number): number is E164 => number.startsWith("+"));
}

export async function judgeNumbers(rules: WholeRules, numbers: readonly E164[]): Promise<Problem[]> {
  const problems = await Promise.all(
    numbers.map(async (number) => judgeNumber(rules, await factsOf(number))),
  );
  return problems.flat();
}
