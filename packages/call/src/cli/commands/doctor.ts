import type { Check } from "../../call/preflight/check.js";
import { printable } from "../../call/text/printable.js";
import type { Command } from "../command.js";
import { connect } from "../connect/connect.js";
import { EXIT } from "../exit-codes.js";
import { callFrom, callOptions, requestOf } from "../settings/call-settings.js";

export const doctor: Command = {
  name: "doctor",
  summary: "Check everything that would stop a call, without calling anyone",
  positional: {
    name: "callee",
    description: "whom you'd call (default: CALLEE, else a number of the film ranges)",
  },
  options: callOptions,
  examples: [
    ["sipgate-call doctor --caller e0", "would a call from e0 work?"],
    ['sipgate-call doctor "+49 30 23125 000" --caller e0 --caller-id +494066969000', "would this one?"],
    ["sipgate-call doctor --sandbox --caller e1", "see what it says of a phone that is offline"],
  ],
  async run(input, output) {
    const settings = callFrom(input);
    const connection = await connect(settings, input, output);
    try {
      // Somebody who checks a phone need not have anyone to call in mind.
      const request = {
        ...requestOf(settings, connection.sandbox),
        callee: settings.callee?.value ?? "+493023125000",
      };
      const { checks, blocked } = await connection.client.preflight(request);
      output.object({ type: "preflight", blocked, checks });
      for (const line of checks.flatMap(linesOf)) output.line(line);
      if (checks[0]?.result === "unchecked") {
        output.line("\nsipgate couldn't be asked, so nothing is known.");
        return EXIT.noConnection;
      }
      output.line(
        blocked ? "\nThis call wouldn't work." : "\nNothing stands in the way that can be known beforehand.",
      );
      return blocked ? EXIT.blocked : EXIT.ok;
    } finally {
      await connection.close();
    }
  },
};

const MARKS: Readonly<Record<Check["result"], string>> = {
  ok: "ok      ",
  warning: "doubtful",
  failed: "FAILED  ",
  unchecked: "not seen",
};

/** A check for a human, in words that can be read to someone on the phone. */
export function linesOf({ name, result, message, remedy }: Check): string[] {
  const first = `${MARKS[result]}  ${name}: ${printable(message, message.length)}`;
  return remedy === "" || result === "ok"
    ? [first]
    : [first, `          ${printable(remedy, remedy.length)}`];
}
