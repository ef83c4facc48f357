import { type CallRequest, type CheckedCallRequest, checkCallRequest } from "../../call/call-request.js";
import { CallError, InvalidRequestError, type Problem } from "../../call/errors.js";
import type { Check } from "../../call/preflight/check.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";
import type { Command } from "../command.js";
import { connect } from "../connect/connect.js";
import { credentialsInWords } from "../connect/credentials-in-words.js";
import { withoutNames } from "../contacts/by-name.js";
import { EXIT } from "../exit-codes.js";
import { callFrom, callOptions, requestOf } from "../settings/call-settings.js";
import { named, type Settings } from "../settings/settings.js";
import { showBeforeChecks, showChecks } from "../show-checks.js";
import type { Output } from "../terminal/output.js";

export const doctor: Command = {
  name: "doctor",
  group: "set up",
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
      showBeforeChecks("Settings", sourcesInWords(settings, connection.sandbox), output);
      // Checking a phone doesn't take a callee.
      const typed = {
        ...requestOf(settings, connection.sandbox),
        callee: settings.callee?.value ?? "+493023125000",
      };
      const request = await withoutNames(connection.client, typed, settings, output);
      const checked = await checkedRequest(request, settings);
      const { checks, blocked } = await connection.dialing.preflight({ following: true }, checked);
      output.object({ type: "preflight", blocked, checks });
      const isReached = checks[0]?.result !== "unchecked";
      showChecks(isReached ? checks : checks.slice(0, 1), output);
      if (!isReached) {
        output.line("\nsipgate couldn't be reached, so nothing is known.");
        return EXIT.noConnection;
      }
      const problems = checked instanceof InvalidRequestError ? checked.problems : [];
      if (checks.some((check) => isAboutCaller(check, problems))) await showPhones(connection.client, output);
      output.line(blocked ? `\nThis call would fail: ${reasonOf(checks)}` : NO_PROBLEM);
      return blocked ? EXIT.blocked : EXIT.ok;
    } finally {
      await connection.close();
    }
  },
};

const NO_PROBLEM = "\nNo problem found: the call should work.";

/** Why the call would fail, as the first check says that fails. */
function reasonOf(checks: readonly Check[]): string {
  const { message = "" } = checks.find(({ result }) => result === "failed") ?? {};
  return /^.*?[.!?](?= |$)/.exec(message)?.[0] ?? message;
}

/** Whether another phone would help. */
function isAboutCaller({ name, result }: Check, problems: readonly Problem[]): boolean {
  if (result !== "failed") return false;
  return name === "caller" || (name === "request" && problems.some(({ field }) => /\bcaller\b/i.test(field)));
}

/** The phones to call from. */
async function showPhones(client: Client, output: Output): Promise<void> {
  if (output.json) return;
  try {
    const phones = (await client.devices()).filter(({ online, dnd }) => online === true && dnd !== true);
    if (phones.length === 0) return;
    output.line("\nYour phones that are online:");
    for (const { id, alias } of phones) output.row(`  ${printable(id)}  ${printable(alias)}`);
  } catch (error) {
    if (!(error instanceof CallError)) throw error; // The checks say why they can't be listed.
  }
}

/** Where the settings come from: the first thing to look at if they aren't the ones that were meant. */
function sourcesInWords(settings: Settings, inSandbox: boolean): string {
  const credentials = inSandbox ? "those of the sandbox" : credentialsInWords(settings);
  const others = (["caller", "callee", "callerId", "deviceId", "baseUrl", "platform"] as const).flatMap(
    (name) => {
      const setting = settings[name];
      return setting === undefined ? [] : [`${printable(setting.value)} (${setting.from})`];
    },
  );
  return [credentials, ...others].join(", ");
}

/** The checked request, or what is wrong with it, in the user's names. */
async function checkedRequest(
  request: CallRequest,
  settings: Settings,
): Promise<CheckedCallRequest | InvalidRequestError> {
  try {
    return await checkCallRequest(request, settings.country?.value);
  } catch (error) {
    if (error instanceof InvalidRequestError) return new InvalidRequestError(named(error.problems, settings));
    throw error;
  }
}
