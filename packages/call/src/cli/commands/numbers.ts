import { printable } from "../../call/text/printable.js";
import type { Command } from "../command.js";
import { showCommand } from "../show-command.js";

export const numbers: Command = {
  name: "numbers",
  summary: "List the account's phone numbers, which you can show as caller ID",
  examples: [
    ["sipgate-call numbers", "find a number for --caller-id"],
    ["sipgate-call numbers --json", "the same for a script"],
  ],
  run: showCommand(
    (client) => client.numbers(),
    (found, output) => {
      output.object({ type: "numbers", numbers: found });
      output.table(
        ["NUMBER", "WRITTEN", "TYPE", "RINGS", "NAME"],
        found.map(({ number, localized, type, endpointId, endpointAlias }) =>
          [number, localized, type, endpointId, endpointAlias].map((text) => printable(text ?? "")),
        ),
      );
    },
  ),
};
