import { printable } from "../../call/text/printable.js";
import type { Command, Input } from "../command.js";
import { CommandError } from "../command-error.js";
import type { Connection } from "../connect/client-for.js";
import { dialOptionSpecs, readDialOptions } from "../dial/dial-options.js";
import { type PlacedFromHere, placedFromHere } from "../placed-calls.js";
import { readableNumbers } from "../readable-number.js";
import { callFrom, callOptions } from "../settings/call-settings.js";
import type { Setting, Settings } from "../settings/settings.js";
import { ask, canAsk } from "../terminal/ask.js";
import type { Output } from "../terminal/output.js";
import { personTime } from "../terminal/person-time.js";
import { dialFrom } from "./dial-from.js";

const { "dry-run": _dryRun, "sandbox-if-no-credentials": _sandbox, ...OPTIONS } = dialOptionSpecs;

export const redial: Command = {
  name: "redial",
  group: "call",
  summary: "Call the number again that was called last from here; shows it and asks first",
  options: {
    ...callOptions,
    ...OPTIONS,
    yes: { type: "boolean", description: "call without asking; needed in scripts" },
  },
  // The sandbox of another run is gone, and so are its calls.
  lacks: ["sandbox"],
  examples: [
    ["sipgate-call redial", "call the last number again, from the same phone"],
    ["sipgate-call redial --caller y0", "the same from another phone"],
  ],
  async run(input, output) {
    const options = readDialOptions(input);
    const [last] = placedFromHere();
    if (last === undefined) throw notRedialled("No call was placed from here yet.", "Dial a number first.");
    const settings = settingsOf(last, callFrom(input), input);
    const isMeant = async (connection: Connection) => {
      if (connection.account !== last.account) {
        const message = `The last call from here, to ${printable(last.callee)}, was placed with another account.`;
        throw notRedialled(message, "Dial the number with this one.");
      }
      return options.allowRepeat || confirmed(last, settings, output);
    };
    return dialFrom(settings, { ...options, allowRepeat: true }, input, output, { isMeant });
  },
};

/** What was dialled, unless an option says otherwise. */
function settingsOf(last: PlacedFromHere, settings: Settings, input: Input): Settings {
  const of = (value: string | undefined, typed: string | undefined, own: Setting | undefined) =>
    typed !== undefined || value === undefined
      ? own
      : { value, from: "the last call", source: "option" as const };
  const callee = { value: last.callee, from: "the last call", source: "option" as const };
  const caller = of(last.caller, input.text("caller"), settings.caller);
  const callerId = of(last.callerId, input.text("caller-id"), settings.callerId);
  const deviceId = of(last.deviceId, input.text("device"), settings.deviceId);
  return {
    ...settings,
    callee,
    ...(caller === undefined ? {} : { caller }),
    ...(callerId === undefined ? {} : { callerId }),
    ...(deviceId === undefined ? {} : { deviceId }),
  };
}

async function confirmed(last: PlacedFromHere, { caller }: Settings, output: Output): Promise<boolean> {
  const readable = await readableNumbers();
  const callee = printable(readable(last.callee));
  if (output.json || !canAsk()) {
    throw notRedialled(
      `The last call was to ${callee}.`,
      "Nothing was dialled. To call it without a question, add --yes.",
    );
  }
  const when = personTime(new Date(last.placedAt), undefined);
  const answer = await ask(
    `Call ${callee} from ${printable(caller?.value ?? last.caller)}, as ${when}? [y/N] `,
  );
  if (/^[yj]/i.test(answer?.trim() ?? "")) return true;
  output.notice("Nothing was dialled.");
  return false;
}

function notRedialled(message: string, remedy: string): CommandError {
  return new CommandError("not-redialled", message, remedy);
}
