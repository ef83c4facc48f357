import type { RunningCall } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import { describeCall, NO_CALL } from "../choose-call.js";
import type { Command } from "../command.js";
import { showCommand } from "../show-command.js";

export const calls: Command = {
  name: "calls",
  summary: "List the running calls: who talks to whom, muted, on hold, recorded",
  examples: [
    ["sipgate-call calls", "see the running calls, without those that still ring"],
    ["sipgate-call calls --json", "the same for a script"],
  ],
  run: showCommand(
    (client) => client.calls(),
    (found, output) => {
      output.object({ type: "calls", calls: found });
      output.table(["CALL", "WHO", "STATE"], found.map(row));
      if (found.length === 0) output.notice(NO_CALL);
    },
  ),
};

function row(call: RunningCall): string[] {
  const state = [call.muted && "muted", call.hold && "on hold", call.recording && "recorded"].filter(Boolean);
  return [printable(call.callId, call.callId.length), describeCall(call), state.join(", ") || "talking"];
}
