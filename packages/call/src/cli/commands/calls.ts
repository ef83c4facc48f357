import type { RunningCall } from "../../call/telephony.js";
import { numberCalls } from "../call-numbers.js";
import { NO_CALL } from "../choose-call.js";
import type { Command } from "../command.js";
import { othersIn } from "../parties-of-call.js";
import { readableNumbers } from "../readable-number.js";
import { showCommand } from "../show-command.js";
import { type Column, showTable } from "../terminal/table.js";

export const calls: Command = {
  name: "calls",
  group: "call",
  summary: "List the running calls, with numbers to name them by: hangup 1",
  examples: [
    ["sipgate-call calls", "see the running calls, without those that still ring"],
    ["sipgate-call calls --json", "the same for a script"],
  ],
  run: showCommand(
    (client) => client.calls(),
    async (found, output, { account }) => {
      output.object({ type: "calls", calls: found });
      if (found.length === 0) output.notice(NO_CALL);
      if (output.json || found.length === 0) return;
      const readable = await readableNumbers();
      const rows = found.map((call) => ({ ...call, parties: othersIn(call, readable) }));
      const numbered = await numberCalls(account, rows);
      const numberOf = ({ callId }: Row) =>
        String(numbered?.find((call) => call.callId === callId)?.number ?? "");
      showTable(output, columnsFor(numberOf, readable), rows);
      const [first] = numbered ?? [];
      if (first !== undefined) output.hint(`\n  sipgate-call hangup ${first.number}`);
    },
  ),
};

interface Row extends RunningCall {
  readonly parties: string;
}

function columnsFor(numberOf: (row: Row) => string, readable: (text: string) => string): Column<Row>[] {
  return [
    { heading: "#", cell: numberOf },
    { heading: "WITH", cell: ({ parties }) => parties, givesWay: 2 },
    { heading: "FROM", cell: (call) => ownNumber(call, readable), givesWay: 1, second: true },
    { heading: "STATE", cell: stateOf, second: true },
    // The id is long, and the number stands for it.
    ...(process.stdout.isTTY ? [] : [{ heading: "CALL", cell: ({ callId }: Row) => callId }]),
  ];
}

function stateOf(call: RunningCall): string {
  const state = [call.muted && "muted", call.hold && "on hold", call.recording && "recorded"].filter(Boolean);
  return ["connected", ...state].join(", ");
}

function ownNumber({ participants }: RunningCall, readable: (text: string) => string): string {
  return readable(participants.find(({ owner }) => owner)?.phoneNumber ?? "");
}
