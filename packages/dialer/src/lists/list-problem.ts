import { isCallError } from "sipgate-call";
import type { WireListProblem } from "../wire/wire.js";

/** What the page is told of an error. Errors of both packages hold no credentials and no database URL. */
export function listProblemOf(error: unknown): WireListProblem {
  if (isCallError(error)) return problem(error.code, error.message, error.remedy);
  // The package is loaded only if it's there, so its class isn't known here.
  if (error instanceof Error && error.name === "ListsError")
    return problem(textOf(error, "code"), error.message, textOf(error, "remedy"));
  return problem("failed", "The dialer has failed.");
}

export const NEO = problem(
  "neo",
  "On sipgate neo only the browser may be the phone, while it's connected.",
  "",
);

export function problem(code: string, message: string, remedy = "", until?: Date): WireListProblem {
  return { code, message, remedy, until: until?.toISOString() };
}

function textOf(error: Error, name: string): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : "";
}
