import { type CallRequest, checkCallRequest } from "../../call/call-request.js";
import { InvalidRequestError, type Problem } from "../../call/errors.js";
import type { Check } from "../../call/preflight/check.js";
import { printable } from "../../call/text/printable.js";
import type { Command } from "../command.js";
import { connect } from "../connect/connect.js";
import { withoutNames } from "../contacts/by-name.js";
import { EXIT } from "../exit-codes.js";
import { callFrom, callOptions, requestOf } from "../settings/call-settings.js";
import { named, type Settings } from "../settings/settings.js";

export const doctor: Command = {
  name: "doctor",
  summary: "Check everything that would stop a call, without calling anyone",
  positional: {
    name: "callee",
    description: "number to check (default: CALLEE from the settings, else an example number)",
  },
  options: callOptions,
  examples: [
    ["sipgate-call doctor --caller e0", "would a call from e0 work?"],
    ['sipgate-call doctor "+49 30 23125 000" --caller e0 --caller-id +494066969000', "would this one?"],
    ["sipgate-call doctor --sandbox --caller e1", "see what it says about a phone that is offline"],
  ],
  async run(input, output) {
    const settings = callFrom(input);
    const connection = await connect(settings, input, output);
    try {
      // Checking a phone doesn't take a callee.
      const typed = {
        ...requestOf(settings, connection.sandbox),
        callee: settings.callee?.value ?? "+493023125000",
      };
      const request = await withoutNames(connection.client, typed, settings, output);
      const { checks: found, blocked } = await connection.client.preflight(request);
      const problems = await requestProblems(request, settings);
      const checks = problems.length === 0 ? found : withRequestProblems(found, problems);
      output.object({ type: "preflight", blocked, checks });
      for (const line of checks.flatMap(linesOf)) output.line(line);
      if (checks[0]?.result === "unchecked") {
        output.line("\nsipgate couldn't be reached, so nothing is known.");
        return EXIT.noConnection;
      }
      output.line(blocked ? "\nThis call wouldn't work." : "\nNo problem found: the call should work.");
      return blocked ? EXIT.blocked : EXIT.ok;
    } finally {
      await connection.close();
    }
  },
};

/** What is wrong with the request, in the user's names. */
async function requestProblems(request: CallRequest, settings: Settings): Promise<readonly Problem[]> {
  try {
    await checkCallRequest(request, settings.country?.value);
    return [];
  } catch (error) {
    if (error instanceof InvalidRequestError) return named(error.problems, settings);
    throw error;
  }
}

/** Checks whose problems of the request name its fields as the user knows them. */
function withRequestProblems(checks: readonly Check[], problems: readonly Problem[]): Check[] {
  const named = problems.map(
    ({ field, message, remedy }): Check => ({
      name: "request",
      result: "failed",
      message: `${field}: ${message}`,
      remedy,
    }),
  );
  const at = checks.findIndex(({ name }) => name === "request");
  return [...checks.slice(0, at), ...named, ...checks.slice(at).filter(({ name }) => name !== "request")];
}

const MARKS: Readonly<Record<Check["result"], string>> = {
  ok: "ok      ",
  warning: "doubtful",
  failed: "FAILED  ",
  unchecked: "unknown ",
};

/** A check for a human, in words that can be read out on the phone. */
export function linesOf({ name, result, message, remedy }: Check): string[] {
  const first = `${MARKS[result]}  ${name}: ${printable(message, message.length)}`;
  return remedy === "" || result === "ok"
    ? [first]
    : [first, `          ${printable(remedy, remedy.length)}`];
}
