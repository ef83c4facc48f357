import { EXTENSION_KINDS } from "../../call/extension.js";
import type { Device } from "../../call/telephony.js";
import type { Command } from "../command.js";
import { keepPhones } from "../known-phones.js";
import { showCommand } from "../show-command.js";
import { type Column, showTable } from "../terminal/table.js";

export const devices: Command = {
  name: "devices",
  group: "look",
  summary: "List your phones: extension, name, type, whether each is online",
  examples: [
    ["sipgate-call devices", "find the extension to call from"],
    ["sipgate-call devices --json", "the same for a script"],
    ["sipgate-call devices --sandbox", "the phones of the sandbox"],
  ],
  run: showCommand(
    (client) => client.devices(),
    (found, output, { sandbox }) => {
      output.object({ type: "devices", devices: found });
      if (!sandbox) keepPhones(found);
      showTable(output, COLUMNS, found);
      output.remark("To call from one of them, use --caller EXTENSION or set CALLER in .env.");
    },
  ),
};

const COLUMNS: readonly Column<Device>[] = [
  { heading: "EXTENSION", cell: ({ id }) => id },
  { heading: "PHONE", cell: ({ alias }) => alias, givesWay: 2 },
  { heading: "STATE", cell: stateOf, second: true },
  { heading: "TYPE", cell: typeOf, givesWay: 1, second: true },
];

function typeOf({ id, type }: Device): string {
  const letter = id.charAt(0);
  const kind = Object.entries(EXTENSION_KINDS).find(([known]) => known === letter)?.[1];
  return kind === undefined ? type : `${kind} (${letter})`;
}

/** Whether it would ring, in words. */
function stateOf({ online, dnd }: Device): string {
  const reachable = { true: "online", false: "offline", undefined: "unknown" }[`${online}`];
  return dnd === true ? `${reachable}, do not disturb` : reachable;
}
