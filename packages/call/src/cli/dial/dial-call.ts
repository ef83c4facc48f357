// dial, once it's clear what is called from where: looks beforehand, places the call, and follows it.
import { type CheckedCallRequest, withKey } from "../../call/call-request.js";
import { CallError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import type { SipgateCall } from "../../sipgate/platform/placed-call.js";
import type { Connection } from "../connect/client-for.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Output } from "../terminal/output.js";
import type { DialOptions } from "./dial-options.js";
import type { Parties } from "./outcome.js";
import { placeUnlessRepeated } from "./repeat-guard.js";
import type { PreflightReport } from "./run-preflight.js";

/**
 * @param request checked: it isn't judged again
 * @param parties as the user has typed them
 * @param afterwards runs once a call was placed and followed
 */
export async function dialCall(
  { client, account, sandbox: inSandbox }: Connection,
  request: CheckedCallRequest,
  parties: Parties,
  { preflight, follows, ringTimeout, key, allowRepeat, searchForMs }: DialOptions,
  output: Output,
  afterwards: () => void,
): Promise<ExitCode> {
  let isPlacing = false;
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => stopAsking(isPlacing ? "unknown" : "no", output));
  }
  let report: PreflightReport = { isBlocked: false, doubts: [], unchecked: [] };
  // What follows a call is loaded before it's placed: nothing may fail to load while phones ring.
  const following = follows ? await import("./follow.js") : undefined;
  if (preflight) {
    const { runPreflight } = await import("./run-preflight.js");
    report = await runPreflight(client, request, output);
    if (report.isBlocked) return EXIT.blocked;
  }
  const onSearch = () => output.progress("The answer was lost. Looking whether the call was placed…");
  const placeCall = () => {
    isPlacing = true;
    return client.place(withKey(request, key), { searchForMs, onSearch });
  };
  // A key says itself what's the same call, and the sandbox rings nobody.
  const call = await (allowRepeat || key !== undefined || inSandbox
    ? placeCall()
    : placeUnlessRepeated(partsOf(account, request), placeCall));
  showPlaced(call, report, inSandbox, output);
  if (following !== undefined) {
    const exit = await following.followToTheEnd(client, { call, parties, ringTimeout, inSandbox }, output);
    afterwards();
    return exit;
  }
  output.remark(`sipgate took the order: ${parties.caller} should ring now, then ${parties.callee}.`);
  return EXIT.ok;
}

/** What tells a call from others. */
function partsOf(account: string, { caller, callee, callerId, deviceId }: CheckedCallRequest) {
  return [account, caller, callee, callerId, deviceId];
}

/** Ctrl-C while sipgate is asked: once the order is on its way, it may have arrived. */
function stopAsking(placed: "no" | "unknown", output: Output): void {
  const isUnknown = placed === "unknown";
  if (process.stderr.isTTY) process.stderr.write("\n"); // After ^C, or what is going on.
  output.error(
    new CallError(
      "aborted",
      `Interrupted ${isUnknown ? "while the call was being" : "before the call was"} placed.`,
      {
        remedy: isUnknown
          ? "It isn't known whether phones ring. Look at your phone and at the call history before you call again."
          : "Call again whenever you like.",
        placed,
      },
    ),
  );
  process.exit(isUnknown ? EXIT.unknown : EXIT.left);
}

function showPlaced(
  call: SipgateCall,
  { doubts, unchecked }: PreflightReport,
  inSandbox: boolean,
  output: Output,
): void {
  const warnings = [...unchecked, ...call.warnings.filter((warning) => !doubts.includes(warning))];
  for (const warning of warnings) output.warning(warning);
  if (call.repeated)
    output.notice("This key has placed a call before. Nobody was rung now; this is that call:");
  const { response, ...told } = call;
  if (response === undefined) output.line(`Call: ${printable(call.callId, call.callId.length)}`);
  else {
    output.line(`Status: ${response.status}`);
    output.line(`Body: ${printable(response.body, response.body.length)}`);
  }
  output.object({ ...told, ...response, warnings: [...doubts, ...warnings], sandbox: inSandbox });
}
