import { type CallRequest, checkCallRequest } from "../../call/call-request.js";
import { CallError, InvalidRequestError, InvalidSettingsError, type Problem } from "../../call/errors.js";
import { printable } from "../../call/printable.js";
import type { PlacedCall } from "../../call/telephony.js";
import type { PlannedRequest } from "../../sipgate/plan.js";
import { callFrom, callOptions, requestOf } from "../call-settings.js";
import { COMMON_OPTIONS, type Command, type Input, UsageError } from "../command.js";
import { type Connection, connect, connectToSandbox, hasCredentials } from "../connect.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Output } from "../output.js";
import { named, type Settings } from "../settings.js";

const { platform, json, help, sandbox, ...where } = COMMON_OPTIONS;

export const dial: Command = {
  name: "dial",
  summary: "Place a call: your phone rings, and once you answer, the callee is called (the default command)",
  positional: { name: "callee", description: 'whom to call, such as "+49 30 23125 000" or 030/23125000' },
  options: {
    ...callOptions,
    platform,
    ...where,
    sandbox,
    preflight: {
      type: "boolean",
      description: "look beforehand whether the call would work (default on a terminal)",
    },
    "no-preflight": { type: "boolean", description: "don't look beforehand" },
    follow: { type: "boolean", description: "follow the call to its end (default on a terminal)" },
    "no-follow": { type: "boolean", description: "end as soon as sipgate has taken the order" },
    "ring-timeout": {
      type: "string",
      placeholder: "SECONDS",
      description: "hang up if nobody has answered by then, e.g. 30",
    },
    "dry-run": { type: "boolean", description: "show the request, without credentials, and send nothing" },
    json,
    help,
  },
  examples: [
    ['sipgate-call "+49 30 23125 000" --caller e0', "ring your phone e0, then the callee"],
    ["sipgate-call 030/23125000 --caller e0 --caller-id +494066969000", "show one of your other numbers"],
    [
      "sipgate-call dial +493023125000 --caller +4915228817386 --device e0",
      "ring a phone number of yours first",
    ],
    ["sipgate-call +493023125000 --sandbox", "try it without an account; no real phone rings"],
    [
      "sipgate-call +493023125000 --caller e0 --follow --json",
      "tell a script how it goes: an object for each change",
    ],
    ["sipgate-call +493023125000 --dry-run", "show what would be sent"],
  ],
  async run(input, output) {
    const settings = callFrom(input);
    const connection = await connectFor(settings, input, output);
    try {
      const request = requestOf(settings, connection.sandbox);
      if (input.flag("dry-run")) return showPlan(await connection.client.plan(request), output);
      return await place(connection, request, input, output);
    } catch (error) {
      throw error instanceof InvalidRequestError
        ? new InvalidRequestError(named(error.problems, settings))
        : error;
    } finally {
      await connection.close();
    }
  },
};

/**
 * Somebody who has set nothing gets to see a call in the sandbox. Whoever names a callee means a real one, and must
 * not be told of a success that rang nobody.
 */
async function connectFor(settings: Settings, input: Input, output: Output): Promise<Connection> {
  if (!input.flag("sandbox") && !hasCredentials(settings) && settings.callee === undefined) {
    output.notice("No credentials were found, neither in SIPGATE_… variables nor in a file .env.");
    return connectToSandbox(settings, output);
  }
  try {
    return await connect(settings, input, output);
  } catch (error) {
    if (!(error instanceof InvalidSettingsError)) throw error;
    throw new InvalidSettingsError([...error.problems, ...(await requestProblems(settings, error.problems))]);
  }
}

/** What is wrong with the request beside the settings, so that everything is named at once. */
async function requestProblems(settings: Settings, known: readonly Problem[]): Promise<Problem[]> {
  try {
    await checkCallRequest(requestOf(settings, false), settings.country?.value);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return named(error.problems, settings).filter(
      ({ field }) => !known.some((problem) => problem.field === field),
    );
  }
}

async function place(
  { client, sandbox: inSandbox }: Connection,
  request: CallRequest,
  input: Input,
  output: Output,
): Promise<ExitCode> {
  const ringTimeout = secondsOf(input, "ring-timeout");
  if (isWished(input, "preflight")) {
    const { lookBeforehand } = await import("../look-beforehand.js");
    if (await lookBeforehand(client, request, output)) return EXIT.blocked;
  }
  const follows = isWished(input, "follow") || (ringTimeout !== undefined && !input.flag("no-follow"));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stopAsking(output));
  const call = await client.place(request);
  showPlaced(call, inSandbox, output);
  const parties = { caller: printable(request.caller), callee: printable(request.callee) };
  if (follows) {
    const { followToTheEnd } = await import("../follow.js");
    return followToTheEnd(call, parties, output, ringTimeout, () => isConnected(client, call.sessionId));
  }
  output.remark(`sipgate took the order: ${parties.caller} should ring now, then ${parties.callee}.`);
  return EXIT.ok;
}

/** Whether both parties of a call talk now; also where that can't be seen, since hanging up is the worse mistake. */
async function isConnected(client: Connection["client"], callId: string): Promise<boolean> {
  try {
    const running = await client.calls();
    return running.some((call) => call.callId === callId && call.participants.length > 1);
  } catch {
    return true;
  }
}

/** Whether `--name` or `--no-name` is given, else whether somebody looks on. */
function isWished(input: Input, name: string): boolean {
  return !input.flag(`no-${name}`) && (input.flag(name) || process.stdout.isTTY);
}

/** Seconds in an option such as `30` or `30s`. @throws UsageError for anything else */
function secondsOf(input: Input, option: string): number | undefined {
  const text = input.text(option);
  if (text === undefined) return undefined;
  const seconds = /^(\d{1,4})s?$/.exec(text)?.[1];
  if (seconds !== undefined && Number(seconds) > 0) return Number(seconds);
  const message = `"${printable(text)}" isn't a number of seconds.`;
  throw new UsageError([
    { field: `--${option}`, code: "usage", message, remedy: "Write it like 30 or 30s." },
  ]);
}

/** Ctrl-C while sipgate is asked: the order may have arrived. */
async function stopAsking(output: Output): Promise<void> {
  await output.error(
    new CallError("aborted", "Interrupted while the call was being placed.", {
      remedy:
        "It isn't known whether phones ring. Look at your phone and at the call history before you call again.",
      placed: "unknown",
    }),
  );
  process.exit(EXIT.unknown);
}

function showPlaced(call: PlacedCall, inSandbox: boolean, output: Output): void {
  for (const warning of call.warnings) output.warning(warning);
  output.line(`Status: ${call.status}`);
  output.line(`Body: ${printable(call.body, call.body.length)}`);
  output.object({ ...call, sandbox: inSandbox });
}

function showPlan(plan: readonly PlannedRequest[], output: Output): ExitCode {
  output.object({ dryRun: true, requests: plan });
  output.notice("Dry run: nothing was sent.");
  for (const [index, request] of plan.entries()) {
    if (index > 0)
      output.line("\nand only if sipgate answers that the account is on neo (403, nothing dialled):");
    output.line(`\n${request.method} ${request.url}`);
    for (const [name, value] of Object.entries(request.headers)) output.line(`${name}: ${value}`);
    output.line(`\n${JSON.stringify(request.body)}`);
    if (request.platform === "neo")
      output.notice("\nThe device's channelId is added; sipgate is asked for it first.");
  }
  return EXIT.ok;
}
