import type { Channel } from "../../call/telephony.js";
import type { Command } from "../command.js";
import { showCommand } from "../show-command.js";
import { type Column, showTable } from "../terminal/table.js";

export const channels: Command = {
  name: "channels",
  group: "look",
  summary: "List the channels with their users and devices (neo only)",
  examples: [
    ["sipgate-call channels", "see which channel your device belongs to"],
    ["sipgate-call channels --sandbox --platform neo", "the channels of the sandbox's neo account"],
  ],
  run: showCommand(
    (client) => client.channels(),
    (found, output) => {
      output.object({ type: "channels", channels: found });
      const rows = found.flatMap((channel) => channel.users.map((user) => ({ channel, user })));
      showTable(output, COLUMNS, rows);
    },
  ),
};

interface Row {
  readonly channel: Channel;
  readonly user: Channel["users"][number];
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: "NAME", cell: ({ channel }) => channel.name, givesWay: 2 },
  { heading: "USER", cell: ({ user }) => user.id },
  { heading: "DEVICES", cell: ({ user }) => user.deviceIds.join(" "), givesWay: 3 },
  { heading: "CHANNEL", cell: ({ channel }) => channel.id, givesWay: 1, second: true },
];
