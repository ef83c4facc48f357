import { printable } from "../../call/printable.js";
import { COMMON_OPTIONS, type Command } from "../command.js";
import { showing } from "../run.js";

export const whoami: Command = {
  name: "whoami",
  summary: "Show whom the credentials belong to, and the platform",
  options: COMMON_OPTIONS,
  examples: [["sipgate-call whoami", "check the credentials without calling anyone"]],
  run: showing(
    async (client) => {
      const [user, platform] = await Promise.all([client.whoami(), client.platform()]);
      return { ...user, platform };
    },
    (found, output) => {
      output.object(found);
      output.line(`User:     ${printable(found.id)}`);
      output.line(`Domain:   ${printable(found.domain ?? "not said")}`);
      output.line(`Platform: ${found.platform ?? "sipgate's answers don't tell (a scope may be missing)"}`);
    },
  ),
};
