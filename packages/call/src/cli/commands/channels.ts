import { printable } from "../../call/text/printable.js";
import type { Command } from "../command.js";
import { showCommand } from "../show-command.js";

export const channels: Command = {
  name: "channels",
  summary: "List the channels with their users and devices (neo only)",
  examples: [
    ["sipgate-call channels", "see which channel your device belongs to"],
    ["sipgate-call channels --sandbox --platform neo", "the channels of the sandbox's neo account"],
  ],
  run: showCommand(
    (client) => client.channels(),
    (found, output) => {
      output.object({ type: "channels", channels: found });
      const rows = found.flatMap(({ id, name, users }) =>
        users.map((user) => [id, name, user.id, user.deviceIds.join(" ")]),
      );
      output.table(
        ["CHANNEL", "NAME", "USER", "DEVICES"],
        rows.map((cells) => cells.map((cell) => printable(cell))),
      );
    },
  ),
};
