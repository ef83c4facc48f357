import { EXTENSION_KINDS } from "../../call/extension.js";
import type { Device } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import type { Command } from "../command.js";
import { showCommand } from "../show-command.js";

export const devices: Command = {
  name: "devices",
  summary: "List your phones: extension, type, online, do-not-disturb",
  examples: [
    ["sipgate-call devices", "find the extension to call from"],
    ["sipgate-call devices --json", "the same for a script"],
    ["sipgate-call devices --sandbox", "the phones of the sandbox"],
  ],
  run: showCommand(
    (client) => client.devices(),
    (found, output) => {
      output.object({ type: "devices", devices: found });
      output.table(["EXTENSION", "PHONE", "TYPE", "ONLINE", "DO NOT DISTURB"], found.map(row));
      output.remark("To call from one of them, use --caller EXTENSION or set CALLER in .env.");
    },
  ),
};

function row(device: Device): string[] {
  return [
    printable(device.id),
    printable(device.alias),
    typeOf(device),
    word(device.online),
    word(device.dnd),
  ];
}

function typeOf({ id, type }: Device): string {
  const letter = id.charAt(0);
  const kind = Object.entries(EXTENSION_KINDS).find(([known]) => known === letter)?.[1];
  return kind === undefined ? printable(type) : `${kind} (${letter})`;
}

function word(flag: boolean | undefined): string {
  if (flag === undefined) return "unknown";
  return flag ? "yes" : "no";
}
