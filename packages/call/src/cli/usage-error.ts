import type { Problem } from "../call/errors.js";

/** What was typed can't be understood. Every problem is named. */
export class UsageError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join(" "));
    this.problems = problems;
  }
}

/** One thing that's wrong with what was typed. */
export function usageProblem(field: string, message: string, remedy: string): Problem {
  return { field, code: "usage", message, remedy };
}
