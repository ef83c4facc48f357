import type { RunningCall } from "../../call/telephony.js";
import { numberCalls } from "../call-numbers.js";
import { NO_CALL, stateOf, withOrigin } from "../choose-call.js";
import type { Command } from "../command.js";
import { NEW_SANDBOX } from "../connect/new-sandbox.js";
import type { JsonRunningCall } from "../json/json-objects.js";
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
    async (client) => (await client.calls()).map(withOrigin),
    async (found, output, { account, sandbox }) => {
      output.object({ type: "calls", calls: found });
      if (found.length === 0) output.notice(sandbox ? `${NO_CALL} ${NEW_SANDBOX}` : NO_CALL);
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

interface Row extends JsonRunningCall {
  readonly parties: string;
}

function columnsFor(numberOf: (row: Row) => string, readable: (text: string) => string): Column<Row>[] {
  return [
    { heading: "#", cell: numberOf },
    { heading: "SINCE", cell: lengthOf },
    { heading: "WITH", cell: ({ parties }) => parties, givesWay: 2 },
    { heading: "FROM", cell: (call) => call.caller ?? ownNumber(call, readable), givesWay: 1, second: true },
    { heading: "STATE", cell: stateOf, second: true },
    // The id is long, and the number stands for it.
    ...(process.stdout.isTTY ? [] : [{ heading: "CALL", cell: ({ callId }: Row) => callId }]),
  ];
}

/** How long ago it was placed, such as `0:42`; empty if it wasn't placed from here. */
function lengthOf({ placedAt }: Row): string {
  if (placedAt === undefined) return "";
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(placedAt)) / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function ownNumber({ participants }: RunningCall, readable: (text: string) => string): string {
  return readable(participants.find(({ owner }) => owner)?.phoneNumber ?? "");
}
