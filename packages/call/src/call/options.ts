// Checks the objects that methods are given: a program in plain JavaScript may pass anything, and a misspelt
// option would otherwise be ignored silently.
import { InvalidRequestError, type Problem } from "./errors.js";
import { closest } from "./text/closest.js";
import { printable } from "./text/printable.js";

/** Whether the value of an option can be used, and what to say if it can't. */
export interface Rule {
  fits(value: unknown): boolean;
  readonly message: string;
  readonly remedy: string;
}

/** A rule for each option there is. */
export type Rules<T> = { readonly [Name in keyof T]-?: Rule };

/** What is wrong with options: unknown names, and values that can't be used. */
export function optionProblems<T>(options: unknown, rules: Rules<T>): Problem[] {
  const names = Object.keys(rules);
  if (options === undefined) return [];
  if (typeof options !== "object" || options === null) {
    const remedy = `Leave them out, or give an object with ${listed(names)}.`;
    return [{ field: "options", code: "invalid", message: "They must be an object.", remedy }];
  }
  const values: Readonly<Record<string, unknown>> = { ...options };
  const unusable = Object.entries<Rule>(rules)
    .filter(([name, rule]) => values[name] !== undefined && !rule.fits(values[name]))
    .map(([field, { message, remedy }]) => ({ field, code: "invalid", message, remedy }));
  return [...unknownNames(options, names), ...unusable];
}

/** @throws InvalidRequestError naming everything that's wrong with the options */
export function checkOptions<T>(options: unknown, rules: Rules<T>): void {
  const problems = optionProblems(options, rules);
  if (problems.length > 0) throw new InvalidRequestError(problems);
}

/** A problem for each name that is no option or field, with the one that was probably meant. */
export function unknownNames(
  given: object,
  known: readonly string[],
  what: "option" | "field" = "option",
): Problem[] {
  return namesBeside(given, known).map(({ name, meant }) => ({
    field: printable(name),
    code: "unknown-field",
    message: `There is no such ${what}.`,
    remedy: `${meant === undefined ? "" : `Did you mean ${meant}? `}The ${what}s are ${listed(known)}.`,
  }));
}

/** The same for an object that may hold other fields too: only names that look like one of the known ones. */
export function misspeltNames(given: object, known: readonly string[]): Problem[] {
  const misspelt = namesBeside(given, known).filter(({ meant }) => meant !== undefined);
  return unknownNames(Object.fromEntries(misspelt.map(({ name }) => [name, true])), known, "field");
}

function namesBeside(given: object, known: readonly string[]) {
  // A name that is given already was hardly meant a second time.
  const free = known.filter((name) => !Object.hasOwn(given, name));
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, meant: closest(name, free) ?? closest(name, known) }));
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
