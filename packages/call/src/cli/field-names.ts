import { InvalidRequestError, InvalidSettingsError, type Problem } from "../call/errors.js";

/** An error of the library, with each field called as the user knows it, such as `--key` instead of `idempotencyKey`. */
export function withFieldNames(error: unknown, names: Readonly<Record<string, string>>): unknown {
  const renamed = (problems: readonly Problem[]) =>
    problems.map((problem) => ({ ...problem, field: names[problem.field] ?? problem.field }));
  if (error instanceof InvalidRequestError) return new InvalidRequestError(renamed(error.problems));
  if (error instanceof InvalidSettingsError)
    return new InvalidSettingsError(renamed(error.problems), error.cause);
  return error;
}
