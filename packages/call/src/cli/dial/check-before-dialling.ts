// dial, before anything is sent: stops a call that surely wouldn't work, and warns of doubts.
import type { CheckedCallRequest } from "../../call/call-request.js";
import type { Check, CheckName } from "../../call/preflight/check.js";
import type { Dialing, KnownAccount } from "../../client/dialing.js";
import { CommandError } from "../command-error.js";
import { canRedraw, LiveLine } from "../terminal/live-line.js";
import type { Output } from "../terminal/output.js";
import type { KeptAccount } from "./kept-account.js";

export interface PreflightReport {
  /** Whether something surely stops the call. If so, the user has been told. */
  readonly isBlocked: boolean;
  /** What may stop it, as sentences. Humans have been told. */
  readonly doubts: readonly string[];
  /** A sentence if nothing could be checked. Not told yet, because placing the call may explain more. */
  readonly unchecked: readonly string[];
  /** What was found out of the account, and isn't kept yet. */
  readonly found?: KnownAccount | undefined;
}

/**
 * Checks for problems that would stop the call.
 *
 * @param kept what is known of the account, and where to keep what is found; undefined if it can't be told from others
 */
export async function checkBeforeDialling(
  dialing: Dialing,
  kept: KeptAccount | undefined,
  request: CheckedCallRequest,
  output: Output,
): Promise<PreflightReport> {
  const { checks, found } = await withLiveLine(output, () => checked(dialing, kept, request));
  // If credentials are wrong, the error of placing the call says more.
  const failed = checks.filter(({ name, result }) => result === "failed" && name !== "credentials");
  if (failed.length > 0) {
    output.error(stopped(failed));
    return { isBlocked: true, doubts: [], unchecked: [] };
  }
  // If the call can't be followed, following says so itself; what it costs comes with the response to the call request.
  const doubts = checks
    .filter(({ name, result }) => result === "warning" && name !== "following" && name !== "request")
    .map(({ message, remedy }) => `${message} ${remedy}`);
  for (const doubt of doubts) output.warning(doubt);
  return { isBlocked: false, doubts, unchecked: nothingChecked(checks), found };
}

/** The checks, by what is known of the account if that proves to be right. */
async function checked(
  dialing: Dialing,
  kept: KeptAccount | undefined,
  request: CheckedCallRequest,
): Promise<{ readonly checks: readonly Check[]; readonly found?: KnownAccount | undefined }> {
  if (kept?.known !== undefined) {
    const { checks } = await dialing.preflight({ following: false }, request);
    if (bearOut(checks)) return { checks };
    kept.forget();
    dialing.forgetKnown();
  }
  const { checks } = await dialing.preflight({ following: false }, request);
  return { checks, found: bearOut(checks) ? await dialing.found() : undefined };
}

/** Whether the checks show that user and platform are right: what was read of them is there, and as it should be. */
function bearOut(checks: readonly Check[]): boolean {
  const rest: readonly CheckName[] = ["credentials", "platform", "caller", "device", "channel"];
  return checks.every(({ name, result }) => result === "ok" || !rest.includes(name));
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
