// What a user is told of an error: what happened, what to do, and whether anything was dialled.
import {
  CallError,
  ForbiddenError,
  InvalidRequestError,
  InvalidSettingsError,
  type Placed,
  type Problem,
  RateLimitedError,
} from "../../call/errors.js";
import { printable, printableLines } from "../../call/text/printable.js";
import { CommandError } from "../command-error.js";
import { UsageError } from "../usage-error.js";
import type { Style } from "./style.js";

const DIALLED: Readonly<Record<Placed, string>> = {
  no: "Nothing was dialled.",
  yes: "The call was placed.",
  unknown: "It isn't known whether anything was dialled.",
};

/** An error for a human, line by line. */
export function errorLines(error: unknown, style: (style: Style, text: string) => string): string[] {
  const problems = problemsOf(error);
  if (problems !== undefined) return problemLines(problems, style);
  if (error instanceof CommandError)
    return [`${style("red", "Error:")} ${printableLines(error.message)}`, ...afterwards(error)];
  if (!(error instanceof CallError)) return [style("red", bugReport(error))];
  return [
    `${style("red", "Error:")} ${printableLines(error.message)}`,
    ...(error.search === undefined ? [] : [printableLines(error.search.summary)]),
    ...afterwards(error),
  ];
}

function afterwards({ remedy, placed }: Pick<CallError, "remedy" | "placed">): string[] {
  return [printableLines(remedy), ...(saysWhetherDialled(remedy) ? [] : [DIALLED[placed]])];
}

/** Remedies often say it themselves, and for an unknown outcome always. */
function saysWhetherDialled(remedy: string): boolean {
  return remedy.includes("dialled") || remedy.includes("known whether phones ring");
}

function problemsOf(error: unknown): readonly Problem[] | undefined {
  const listsProblems =
    error instanceof InvalidRequestError ||
    error instanceof InvalidSettingsError ||
    error instanceof UsageError;
  return listsProblems ? error.problems : undefined;
}

function problemLines(problems: readonly Problem[], style: (style: Style, text: string) => string): string[] {
  const count = problems.length === 1 ? "One thing is wrong" : `${problems.length} things are wrong`;
  const lines = problems.flatMap(({ field, message, remedy }) => [
    `  ${style("bold", printable(field, field.length))}: ${printableLines(message)}`,
    `      ${printableLines(remedy)}`,
  ]);
  return [`${style("red", "Error:")} ${count}. Nothing was dialled.`, ...lines];
}

/** Only the error's name and place: its message might hold what a user wouldn't want in a bug report. */
function bugReport(error: unknown): string {
  const place =
    error instanceof Error ? `${error.name} ${error.stack?.split("\n")[1]?.trim() ?? ""}` : typeof error;
  return `This is a fault in sipgate-call, please report it: ${place}`;
}

/** An error for a script. */
export function errorObject(error: unknown): Record<string, unknown> {
  const problems = problemsOf(error);
  if (error instanceof UsageError) {
    const remedy = error.problems.map((problem) => problem.remedy).join(" ");
    return { code: "usage", placed: "no", message: error.message, remedy, problems };
  }
  if (error instanceof CommandError) {
    const { code, message, remedy, placed } = error;
    return { code, message, remedy, placed };
  }
  if (!(error instanceof CallError)) return { code: "internal", message: bugReport(error) };
  const { code, message, remedy, placed, status, response, search } = error;
  const reason = error instanceof ForbiddenError ? error.reason : undefined;
  const retryAfterSeconds = error instanceof RateLimitedError ? error.retryAfterSeconds : undefined;
  return { code, message, remedy, placed, status, response, reason, retryAfterSeconds, search, problems };
}
