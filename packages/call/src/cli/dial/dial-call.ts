// dial with a checked request: runs the preflight, places the call and follows it.
import { type CheckedCallRequest, withKey } from "../../call/call-request.js";
import { CallError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import type { SipgateCall } from "../../sipgate/platform/placed-call.js";
import type { Connection } from "../connect/client-for.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { keepPlacedCall } from "../placed-calls.js";
import type { Output } from "../terminal/output.js";
import { writeErr } from "../terminal/standard-streams.js";
import { checkBeforeDialling, type PreflightReport } from "./check-before-dialling.js";
import type { DialOptions } from "./dial-options.js";
import { keptAccount } from "./kept-account.js";
import type { Parties } from "./outcome.js";
import { placeUnlessRepeated } from "./repeat-guard.js";

/**
 * @param request checked already
 * @param parties as the user typed them
 * @param onEnd runs once the call has been followed, before its outcome is told
 */
export async function dialCall(
  connection: Connection,
  request: CheckedCallRequest,
  parties: Parties,
  { preflight, follows, ringTimeout, key, allowRepeat, searchForMs }: DialOptions,
  output: Output,
  onEnd: () => void,
): Promise<ExitCode> {
  const { client, dialing, account, isOneUser, sandbox: inSandbox } = connection;
  let isPlacing = false;
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => stopAsking(isPlacing ? "unknown" : "no", output));
  }
  let report: PreflightReport = { isBlocked: false, doubts: [], unchecked: [] };
  const kept = isOneUser ? keptAccount(account) : undefined;
  if (kept?.known !== undefined) dialing.suppose(kept.known);
  if (preflight) dialing.readAhead();
  await new Promise(setImmediate); // Connections are being opened before anything else takes time.
  dialing.openForCall();
  const checking = preflight ? checkBeforeDialling(dialing, kept, request, output) : undefined;
  // What follows a call is loaded before it's placed: nothing may fail to load while phones ring.
  const loading = follows ? import("./follow.js") : undefined;
  const [checked, following] = await Promise.all([checking, loading]);
  if (checked !== undefined) report = checked;
  if (report.isBlocked) return EXIT.blocked;
  const onSearch = () => output.progress("The response was lost. Searching for the call…");
  const placeCall = () => {
    isPlacing = true;
    return client.place(withKey(request, key), { searchForMs, onSearch }).catch((error: unknown) => {
      // It may ring: then `redial` means this one, and not an older call.
      if (error instanceof CallError && error.placed !== "no" && !inSandbox) keepPlacedCall(account, request);
      throw error;
    });
  };
  // With a key, the same call is the one with the same key; and the sandbox rings nobody.
  const placing =
    allowRepeat || key !== undefined || inSandbox
      ? placeCall()
      : placeUnlessRepeated(partsOf(account, request), placeCall);
  let { found } = report;
  const keepFound = () => {
    if (found !== undefined) kept?.write(found);
    found = undefined;
  };
  // While the response is on its way, which may be quicker.
  const keeping = setImmediate(keepFound);
  const call = await placing.catch((error: unknown) => {
    clearImmediate(keeping);
    kept?.forget();
    throw error;
  });
  keepFound();
  if (!inSandbox) keepPlacedCall(account, request, call.callId);
  showPlaced(call, report, inSandbox, output);
  if (following !== undefined) {
    const { stateInSandbox } = connection;
    const followed = { call, parties, ringTimeout, inSandbox, stateInSandbox, onEnd };
    return following.followToTheEnd(client, followed, output);
  }
  output.remark(`sipgate accepted the call: ${parties.caller} should ring now, then ${parties.callee}.`);
  return EXIT.ok;
}

/** What makes two calls the same. */
function partsOf(account: string, { caller, callee, callerId, deviceId }: CheckedCallRequest) {
  return [account, caller, callee, callerId, deviceId];
}

/** Ctrl-C before sipgate has responded: a request that was sent may have arrived. */
function stopAsking(placed: "no" | "unknown", output: Output): void {
  const isUnknown = placed === "unknown";
  if (process.stderr.isTTY) writeErr("\n"); // After ^C or a live line.
  output.error(
    new CallError(
      "aborted",
      `Interrupted ${isUnknown ? "while the call was being" : "before the call was"} placed.`,
      {
        remedy: isUnknown
          ? "It isn't known whether phones ring. Check your phone and the call history before you call again."
          : "It's safe to call again.",
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
  output.notePlaced();
  const warnings = [...unchecked, ...call.warnings.filter((warning) => !doubts.includes(warning))];
  for (const warning of warnings) output.warning(warning);
  if (call.repeated) output.notice("This key was used before. Nobody was rung now; this is the first call:");
  const { response, ...told } = call;
  if (response === undefined) output.line(`Call: ${printable(call.callId, call.callId.length)}`);
  else {
    output.line(`Status: ${response.status}`);
    output.line(`Body: ${printable(response.body, response.body.length)}`);
  }
  output.object({
    type: "placed",
    ...told,
    ...response,
    warnings: [...doubts, ...warnings],
    sandbox: inSandbox,
  });
}
