import { printable } from "../../call/text/printable.js";
import type { Command } from "../command.js";
import { showCommand } from "../show-command.js";

export const balance: Command = {
  name: "balance",
  group: "look",
  summary: "Show the account balance",
  examples: [["sipgate-call balance", "show the balance as sipgate reports it"]],
  run: showCommand(
    (client) => client.balance(),
    (found, output) => {
      output.object({ type: "balance", ...found });
      output.line(`Balance: ${found.amount} ${printable(found.currency)}`);
      output.notice("sipgate doesn't document the unit of the amount; it's shown unchanged.");
    },
  ),
};
