// What agents may do, as a person has set it.
import { InvalidSettingsError, type Problem } from "sipgate-call";
import { countryProblem } from "./countries.js";
import { type Hours, hoursProblem } from "./hours.js";
import { patternProblem } from "./number-patterns.js";

/**
 * Which calls may be placed. Every rule has to allow a call. Rules for numbers hold for the callee, and for the caller if
 * that is a phone number.
 */
export interface Rules {
  /**
   * The only numbers that may be called: whole ones, or beginnings that end in `*`, such as `+4930*`.
   *
   * @default every number that the other rules allow
   */
  readonly allow?: readonly string[] | undefined;
  /**
   * Numbers that may not be called, written like those of `allow`.
   *
   * @default none
   */
  readonly deny?: readonly string[] | undefined;
  /**
   * Countries whose numbers may be called, two letters each (ISO 3166-1). `*` stands for all, and for numbers that belong
   * to no country.
   *
   * @default `["DE"]`
   */
  readonly countries?: readonly string[] | undefined;
  /**
   * Countries whose numbers may not be called.
   *
   * @default none
   */
  readonly denyCountries?: readonly string[] | undefined;
  /**
   * Costly numbers that may be called all the same, written like those of `allow`. Costly are premium rate, shared
   * cost, personal and company-wide numbers, pagers, satellites, and numbers of no known kind. sipgate
   * bars some of them anyway.
   *
   * @default none
   */
  readonly costly?: readonly string[] | undefined;
  /**
   * When calls may be placed.
   *
   * @default every day from 08:00 to 20:00 in Europe/Berlin
   */
  readonly hours?: Hours | undefined;
  /**
   * How many calls may be placed in 60 minutes, by all programs that share the folder.
   *
   * @default 6
   */
  readonly callsAnHour?: number | undefined;
  /**
   * How many calls may be placed in 24 hours.
   *
   * @default 20
   */
  readonly callsADay?: number | undefined;
  /**
   * How many calls may run at the same time.
   *
   * @default 1
   */
  readonly callsAtOnce?: number | undefined;
}

/** {@link Rules} with every rule set. */
export type WholeRules = { readonly [Name in keyof Rules]-?: Exclude<Rules[Name], undefined> };

const DEFAULTS: WholeRules = {
  allow: ["*"],
  deny: [],
  countries: ["DE"],
  denyCountries: [],
  costly: [],
  hours: { from: "08:00", to: "20:00", timeZone: "Europe/Berlin" },
  callsAnHour: 6,
  callsADay: 20,
  callsAtOnce: 1,
};

type Check = (value: unknown) => string | undefined;

const CHECKS: Readonly<Record<keyof Rules, Check>> = {
  allow: patterns,
  deny: patterns,
  costly: patterns,
  countries: countries,
  denyCountries: wholeCountries,
  hours: hoursProblem,
  callsAnHour: count,
  callsADay: count,
  callsAtOnce: count,
};

/** @throws InvalidSettingsError naming everything that's wrong with the rules */
export function wholeRules(rules: Rules): WholeRules {
  const problems = ruleProblems(rules, Object.keys(CHECKS));
  if (problems.length > 0) throw new InvalidSettingsError(problems);
  const given = Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined));
  // A copy: who changes a list afterwards changes no rule that was checked.
  return structuredClone({ ...DEFAULTS, ...given });
}

/** @param known the names that may occur */
export function ruleProblems(rules: unknown, known: readonly string[]): Problem[] {
  if (typeof rules !== "object" || rules === null || Array.isArray(rules))
    return [problemOf("rules", "They aren't an object.")];
  return Object.entries(rules).flatMap(([name, value]) => {
    if (!known.includes(name)) return [problemOf(name, "There is no such rule.")];
    const wrong = value === undefined || !isRule(name) ? undefined : CHECKS[name](value);
    return wrong === undefined ? [] : [problemOf(name, wrong)];
  });
}

export const RULE_NAMES = Object.keys(CHECKS);

function isRule(name: string): name is keyof Rules {
  return Object.hasOwn(CHECKS, name);
}

export function problemOf(field: string, message: string): Problem {
  return { field, code: "invalid", message, remedy: "docs/agents.md has all rules with examples." };
}

/** What is wrong with a list of numbers, if anything. */
export function patterns(value: unknown): string | undefined {
  if (!isTexts(value)) return "It isn't a list of texts.";
  return value.map(patternProblem).find((problem) => problem !== undefined);
}

function countries(value: unknown): string | undefined {
  if (!isTexts(value)) return "It isn't a list of texts.";
  return wholeCountries(value.filter((country) => country !== "*"));
}

function wholeCountries(value: unknown): string | undefined {
  if (!isTexts(value)) return "It isn't a list of texts.";
  if (value.includes("*")) return '"*" isn\'t a country here. To allow no country, let countries be empty.';
  return value.map(countryProblem).find((problem) => problem !== undefined);
}

function count(value: unknown): string | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : "It isn't a whole number.";
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
