import type { Clock } from "./clock.js";
import type { Problem } from "./errors.js";

/** What is wrong with a clock that a caller gave. */
export function clockProblems(clock: Clock): Problem[] {
  const isClock =
    typeof clock === "object" &&
    clock !== null &&
    [clock.now, clock.monotonicMs, clock.after].every((method) => typeof method === "function");
  if (isClock) return [];
  const message = "It lacks now(), monotonicMs() or after().";
  const remedy = "Leave it out for the system's time, or give the clock of a sandbox.";
  return [{ field: "clock", code: "invalid", message, remedy }];
}
