import type { Problem } from "../call/errors.js";

/** What was typed can't be understood. Every problem is named. */
export class UsageError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join(" "));
    this.problems = problems;
  }
}

/** A single problem with what was typed. */
export function usageProblem(field: string, message: string, remedy: string): Problem {
  return { field, code: "usage", message, remedy };
}

/** A usage error with a single problem. */
export function usageError(field: string, message: string, remedy: string): UsageError {
  return new UsageError([usageProblem(field, message, remedy)]);
}
