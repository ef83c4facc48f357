// Whether the rules allow a call, and every reason why they don't.
import type { E164, Problem } from "sipgate-call";
import { hoursInWords, isWithin } from "./hours.js";
import { isListed } from "./number-patterns.js";
import type { WholeRules } from "./rules.js";

/** What is known of a number. */
export interface NumberFacts {
  readonly number: E164;
  /** Two letters (ISO 3166-1); undefined for numbers that belong to no single country. */
  readonly country: string | undefined;
  /** Whether a call costs more than to ordinary numbers of a country, or may. */
  readonly costly: boolean;
}

/** Calls of others that count. */
export interface Counts {
  readonly lastHour: number;
  readonly lastDay: number;
  readonly running: number;
}

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export function countsOf(times: readonly number[], running: number, now: Date): Counts {
  const within = (ms: number) => times.filter((at) => now.getTime() - at < ms).length;
  return { lastHour: within(HOUR_MS), lastDay: within(DAY_MS), running };
}

export function judgeNumber(rules: WholeRules, { number, country, costly }: NumberFacts): Problem[] {
  const problems: Problem[] = [];
  if (isListed(number, rules.deny)) problems.push(brokenRule("number", `${number} is on the deny list.`));
  else if (!isListed(number, rules.allow))
    problems.push(brokenRule("number", `${number} isn't on the allow list.`));
  const isAllowed =
    rules.countries.includes("*") || (country !== undefined && rules.countries.includes(country));
  const isDenied = country !== undefined && rules.denyCountries.includes(country);
  if (isDenied || !isAllowed)
    problems.push(
      brokenRule(
        "country",
        country === undefined
          ? `${number} belongs to no country whose numbers may be called.`
          : `${number} belongs to ${country}; numbers of that country may not be called.`,
      ),
    );
  if (costly && !isListed(number, rules.costly))
    problems.push(brokenRule("costly", `A call to ${number} costs more than to other numbers, or may.`));
  return problems;
}

export function judgeTime({ hours }: WholeRules, now: Date): Problem[] {
  if (isWithin(hours, now)) return [];
  return [brokenRule("hours", `Calls are placed ${hoursInWords(hours)} only.`)];
}

export function judgeCounts(rules: WholeRules, { lastHour, lastDay, running }: Counts): Problem[] {
  const problems: Problem[] = [];
  if (lastHour >= rules.callsAnHour)
    problems.push(brokenRule("hour-limit", `The limit of ${rules.callsAnHour} calls an hour is reached.`));
  if (lastDay >= rules.callsADay)
    problems.push(brokenRule("day-limit", `The limit of ${rules.callsADay} calls a day is reached.`));
  if (running >= rules.callsAtOnce)
    problems.push(
      brokenRule("calls-at-once", `The limit of ${rules.callsAtOnce} calls at the same time is reached.`),
    );
  return problems;
}

function brokenRule(code: string, message: string): Problem {
  const remedy = "Tell the person who asked for the call. Only the person who set the rules may change them.";
  return { field: "rules", code: `rule-${code}`, message, remedy };
}
