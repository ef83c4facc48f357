import { readArguments } from "../arguments.js";
import type { Command } from "../command.js";
import { type ExitCode, exitCodeOf } from "../exit-codes.js";
import { createOutput, type Output } from "../terminal/output.js";

export interface TestCall {
  readonly exit: ExitCode;
  readonly callId: string | undefined;
}

/** Places a call with what was just written, as `dial` does from now on. An error is told. */
export async function placeTestCall(
  dial: Command,
  callee: string,
  where: readonly string[],
  output: Output,
): Promise<TestCall> {
  let callId: string | undefined;
  const outputOfCall: Output = {
    ...output,
    // sipgate's response is for users of dial.
    line: (text) => void (/^(?:Status|Body): /.test(text) || output.line(text)),
    remark: (text) => output.notice(text),
    object(value) {
      if (value.type === "placed") callId = value.callId;
    },
    error: createOutput(output.json, true).error,
  };
  const input = readArguments(dial, [
    callee,
    "--preflight",
    isWatched(output) ? "--follow" : "--no-follow",
    ...where,
  ]);
  try {
    const exit = await dial.run(input, outputOfCall, async () => [dial]);
    if (callId !== undefined && !isWatched(output)) {
      output.notice(`Call id: ${callId}`);
      output.notice("Once it's answered, `sipgate-call calls` lists it and `sipgate-call hangup` ends it.");
    }
    return { exit, callId };
  } catch (error) {
    outputOfCall.error(error);
    return { exit: exitCodeOf(error), callId };
  }
}

/** Whether somebody looks on while the call is followed. */
function isWatched({ json }: Output): boolean {
  return !json && process.stdout.isTTY;
}
