import { InvalidRequestError, type Problem } from "./errors.js";

/** @throws InvalidRequestError naming everything that's wrong with the query */
export function checkHistoryQuery(query: unknown): void {
  if (typeof query !== "object" || query === null) {
    const remedy = "Leave it out, or give an object such as { limit: 20 }.";
    throw new InvalidRequestError([problem("query", "It must be an object.", remedy)]);
  }
  const { limit, from, to, number }: Readonly<Record<string, unknown>> = { ...query };
  const problems = [
    ...(isLimit(limit)
      ? []
      : [problem("limit", "It isn't a whole number from 0 on.", "Give one such as 20.")]),
    ...dateProblems("from", from),
    ...dateProblems("to", to),
    ...(number === undefined || typeof number === "string"
      ? []
      : [problem("number", "It must be text.", "Give a number such as +493023125000, in quotes.")]),
  ];
  if (problems.length > 0) throw new InvalidRequestError(problems);
}

function isLimit(limit: unknown): boolean {
  if (limit === undefined || limit === Number.POSITIVE_INFINITY) return true;
  return Number.isInteger(limit) && Number(limit) >= 0;
}

function dateProblems(field: string, given: unknown): Problem[] {
  if (given === undefined) return [];
  const isDate = typeof given === "string" || given instanceof Date;
  if (isDate && !Number.isNaN(new Date(given).getTime())) return [];
  return [problem(field, "It isn't a date.", "Give a Date, or text such as 2026-11-01T08:00:00Z.")];
}

function problem(field: string, message: string, remedy: string): Problem {
  return { field, code: "invalid", message, remedy };
}
