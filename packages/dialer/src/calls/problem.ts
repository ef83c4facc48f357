import { isCallError } from "sipgate-call";
import type { WireProblem } from "../wire/wire.js";

/** What the page is told of an error. Errors of the library hold no credentials. */
export function problemOf(error: unknown): WireProblem {
  if (!isCallError(error)) throw error;
  const { code, message, remedy, placed, search } = error;
  return { code, message, remedy, placed, found: search?.found };
}
