// What a user is told about an error: what happened, what to do, and whether anything was dialled.
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
import type { JsonError } from "../json/json-objects.js";
import { UsageError } from "../usage-error.js";
import type { Style } from "./style.js";

const NOTHING_DIALLED = "Nothing was dialled.";
const DIALLED: Readonly<Record<Placed, string>> = {
  no: NOTHING_DIALLED,
  yes: "The call was placed.",
  unknown: "It isn't known whether anything was dialled.",
};

/**
 * An error for a human, line by line, without the word or mark in front.
 *
 * @param dials whether the command places a call; with any other, nobody wonders whether something was dialled
 */
export function errorLines(
  error: unknown,
  dials: boolean,
  style: (style: Style, text: string) => string,
): string[] {
  const problems = problemsOf(error);
  if (problems !== undefined) return problemLines(problems, dials, style);
  if (error instanceof CommandError) return [printableLines(error.message), ...afterwards(error, dials)];
  if (!(error instanceof CallError)) return [bugReport(error)];
  return [
    printableLines(error.message),
    ...(error.search === undefined ? [] : [printableLines(error.search.summary)]),
    ...afterwards(error, dials),
  ];
}

type Ending = Pick<CallError, "placed" | "remedy">;

function afterwards(error: Ending, dials: boolean): string[] {
  return [printableLines(error.remedy), ...(isSaid(error, dials) ? [] : [DIALLED[error.placed]])];
}

/** Whether nothing is left to say about dialling: often the remedy says it, and for an unknown outcome always. */
function isSaid({ placed, remedy }: Ending, dials: boolean): boolean {
  if (placed === "no" && !dials) return true;
  return remedy.includes("dialled") || remedy.includes("known whether phones ring");
}

function problemsOf(error: unknown): readonly Problem[] | undefined {
  const listsProblems =
    error instanceof InvalidRequestError ||
    error instanceof InvalidSettingsError ||
    error instanceof UsageError;
  return listsProblems ? error.problems : undefined;
}

function problemLines(
  problems: readonly Problem[],
  dials: boolean,
  style: (style: Style, text: string) => string,
): string[] {
  const [only] = problems;
  if (only !== undefined && problems.length === 1) {
    const field = style("bold", printable(only.field, only.field.length));
    const lines = [`${field}: ${printableLines(only.message)}`, printableLines(only.remedy)];
    return dials && !only.remedy.includes(NOTHING_DIALLED) ? [...lines, NOTHING_DIALLED] : lines;
  }
  const lines = problems.flatMap(({ field, message, remedy }) => [
    `  ${style("bold", printable(field, field.length))}: ${printableLines(message)}`,
    `      ${printableLines(remedy)}`,
  ]);
  return [`${problems.length} things are wrong.${dials ? ` ${NOTHING_DIALLED}` : ""}`, ...lines];
}

/** Only the error's name and place: its message might contain what a user doesn't want in a bug report. */
function bugReport(error: unknown): string {
  const place =
    error instanceof Error ? `${error.name} ${error.stack?.split("\n")[1]?.trim() ?? ""}` : typeof error;
  return `This is a bug in sipgate-call, please report it: ${place}`;
}

/** An error for a script. */
export function errorObject(error: unknown): JsonError {
  const type = "error";
  const problems = problemsOf(error);
  if (error instanceof UsageError) {
    const remedy = error.problems.map((problem) => problem.remedy).join(" ");
    return { type, code: "usage", placed: "no", message: error.message, remedy, problems };
  }
  if (error instanceof CommandError) {
    const { code, message, remedy, placed, candidates, calls } = error;
    return { type, code, message, remedy, placed, candidates, calls };
  }
  if (!(error instanceof CallError)) return { type, code: "internal", message: bugReport(error) };
  const { code, message, remedy, placed, status, response, search } = error;
  const reason = error instanceof ForbiddenError ? error.reason : undefined;
  const retryAfterSeconds = error instanceof RateLimitedError ? error.retryAfterSeconds : undefined;
  return {
    type,
    code,
    message,
    remedy,
    placed,
    status,
    response,
    reason,
    retryAfterSeconds,
    search,
    problems,
  };
}
