import type { AccountNumber } from "../../call/telephony.js";
import type { Command } from "../command.js";
import { showCommand } from "../show-command.js";
import { type Column, showTable } from "../terminal/table.js";

export const numbers: Command = {
  name: "numbers",
  group: "look",
  summary: "List the account's phone numbers, which you can show as caller ID",
  examples: [
    ["sipgate-call numbers", "find a number for --caller-id"],
    ["sipgate-call numbers --json", "the same for a script"],
  ],
  run: showCommand(
    (client) => client.numbers(),
    (found, output) => {
      output.object({ type: "numbers", numbers: found });
      showTable(output, COLUMNS, found);
    },
  ),
};

const COLUMNS: readonly Column<AccountNumber>[] = [
  { heading: "NUMBER", cell: ({ number }) => number },
  { heading: "WRITTEN", cell: ({ localized = "" }) => localized, givesWay: 3 },
  { heading: "TYPE", cell: ({ type = "" }) => type.toLowerCase(), givesWay: 1, second: true },
  { heading: "RINGS", cell: ({ endpointId = "" }) => endpointId, givesWay: 4, second: true },
  { heading: "NAME", cell: ({ endpointAlias = "" }) => endpointAlias, givesWay: 2, second: true },
];
