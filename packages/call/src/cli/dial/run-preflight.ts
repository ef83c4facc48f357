// dial, before anything is sent: stops a call that surely wouldn't work, and warns of doubts.
import type { CheckedCallRequest } from "../../call/call-request.js";
import type { Check } from "../../call/preflight/check.js";
import type { Client } from "../../client/client.js";
import { CommandError } from "../command-error.js";
import { canRedraw, LiveLine } from "../terminal/live-line.js";
import type { Output } from "../terminal/output.js";

export interface PreflightReport {
  /** Whether something surely stops the call. If so, the user has been told. */
  readonly isBlocked: boolean;
  /** What may stop it, as sentences. Humans have been told. */
  readonly doubts: readonly string[];
  /** A sentence if nothing could be checked. Not told yet, because placing the call may explain more. */
  readonly unchecked: readonly string[];
}

/** Checks for problems that would stop the call. */
export async function runPreflight(
  client: Client,
  request: CheckedCallRequest,
  output: Output,
): Promise<PreflightReport> {
  const { checks } = await withLiveLine(output, () => client.preflight(request));
  // If credentials are wrong, the error of placing the call says more.
  const failed = checks.filter(({ name, result }) => result === "failed" && name !== "credentials");
  if (failed.length > 0) {
    output.error(stopped(failed));
    return { isBlocked: true, doubts: [], unchecked: [] };
  }
  // If the call can't be followed, following says so itself; what it costs comes with the response to the order.
  const doubts = checks
    .filter(({ name, result }) => result === "warning" && name !== "following" && name !== "request")
    .map(({ message, remedy }) => `${message} ${remedy}`);
  for (const doubt of doubts) output.warning(doubt);
  return { isBlocked: false, doubts, unchecked: nothingChecked(checks) };
}

/** Shows a live line on a terminal while the work takes. */
async function withLiveLine<T>(output: Output, work: () => Promise<T>): Promise<T> {
  if (output.json || output.trace || !canRedraw()) return work();
  const live = new LiveLine();
  live.say("checking whether the call would work");
  live.draw();
  const hide = () => live.hide();
  process.once("exit", hide); // Also after an interrupt.
  try {
    return await work();
  } finally {
    process.off("exit", hide);
    hide();
  }
}

/** If not even the user could be read, nothing was checked. The call is placed anyway, and that has to be said. */
function nothingChecked(checks: readonly Check[]): string[] {
  const credentials = checks.find(({ name }) => name === "credentials");
  if (credentials?.result !== "unchecked") return [];
  return [`Couldn't check whether the call would work. ${credentials.message}`];
}

function stopped(failed: readonly Check[]): CommandError {
  const reasons = failed.map(({ message }) => message).join(" ");
  const remedies = failed.map(({ remedy }) => remedy).join(" ");
  return new CommandError(
    "blocked",
    `The call wasn't placed because it wouldn't work. ${reasons}`,
    `${remedies} To place the call anyway, add --no-preflight.`,
  );
}
