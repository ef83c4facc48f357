// dial, before anything is sent: stops what surely wouldn't work, and tells of what is doubtful.
import type { CheckedCallRequest } from "../../call/call-request.js";
import type { Check } from "../../call/preflight/check.js";
import type { Client } from "../../client/client.js";
import { CommandError } from "../command-error.js";
import { canRedraw, LiveLine } from "../terminal/live-line.js";
import type { Output } from "../terminal/output.js";

export interface PreflightReport {
  /** Whether something surely stops the call; that has been told then. */
  readonly isBlocked: boolean;
  /** What may stop it, as sentences; humans have been told. */
  readonly doubts: readonly string[];
  /** That nothing could be looked at, as a sentence; not told yet, since placing the call may tell more. */
  readonly unchecked: readonly string[];
}

/** Looks at what would stop the call. */
export async function runPreflight(
  client: Client,
  request: CheckedCallRequest,
  output: Output,
): Promise<PreflightReport> {
  const { checks } = await whileTold(output, () => client.preflight(request));
  // That credentials are wrong, placing the call says with all that sipgate tells of it.
  const failed = checks.filter(({ name, result }) => result === "failed" && name !== "credentials");
  if (failed.length > 0) {
    output.error(stopped(failed));
    return { isBlocked: true, doubts: [], unchecked: [] };
  }
  // What can't be followed, following itself says where it's asked for.
  const doubts = checks
    .filter(({ name, result }) => result === "warning" && name !== "following")
    .map(({ message, remedy }) => `${message} ${remedy}`);
  for (const doubt of doubts) output.warning(doubt);
  return { isBlocked: false, doubts, unchecked: nothingSeen(checks) };
}

/** A line on a terminal, for as long as it takes. */
async function whileTold<T>(output: Output, work: () => Promise<T>): Promise<T> {
  if (output.json || output.trace || !canRedraw(process.stderr)) return work();
  const live = new LiveLine(process.stderr);
  live.say("looking whether the call would work");
  live.draw();
  const hide = () => live.hide();
  process.once("exit", hide); // After an interrupt, too.
  try {
    return await work();
  } finally {
    process.off("exit", hide);
    hide();
  }
}

/** Where not even the user could be read, the call is placed without having been looked at: that has to be said. */
function nothingSeen(checks: readonly Check[]): string[] {
  const credentials = checks.find(({ name }) => name === "credentials");
  if (credentials?.result !== "unchecked") return [];
  return [`Whether the call would work couldn't be looked at. ${credentials.message}`];
}

function stopped(failed: readonly Check[]): CommandError {
  const reasons = failed.map(({ message }) => message).join(" ");
  const remedies = failed.map(({ remedy }) => remedy).join(" ");
  return new CommandError(
    "blocked",
    `The call wasn't placed, since it wouldn't work. ${reasons}`,
    `${remedies} To call all the same, add --no-preflight.`,
  );
}
