import { readArguments } from "../arguments.js";
import type { Command } from "../command.js";
import type { ExitCode } from "../exit-codes.js";
import type { Output } from "../terminal/output.js";

export interface TestCall {
  readonly exit: ExitCode;
  readonly callId: string | undefined;
}

/** Places a call as `dial` does from now on, with what was just written. It isn't followed. */
export async function placeTestCall(
  dial: Command,
  callee: string,
  where: readonly string[],
  output: Output,
): Promise<TestCall> {
  let callId: string | undefined;
  const exit = await dial.run(readArguments(dial, [callee, "--preflight", "--no-follow", ...where]), {
    ...output,
    line() {}, // The answer as it came is for who dials.
    remark: (text) => output.notice(text),
    object(value) {
      if (value.type === "placed") callId = value.callId;
    },
  });
  if (callId !== undefined) {
    output.notice(`Call id: ${callId}`);
    output.notice("Once it's answered: sipgate-call calls lists it, sipgate-call hangup ends it.");
  }
  return { exit, callId };
}
