// dial with settings: connects, and places the call that they describe.
import { checkCallRequest } from "../../call/call-request.js";
import { InvalidRequestError, InvalidSettingsError, type Problem } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import type { EarlySockets } from "../../sipgate/http/early-sockets.js";
import type { PlannedRequest } from "../../sipgate/platform/dry-run.js";
import type { Input } from "../command.js";
import type { Connection } from "../connect/client-for.js";
import { connect, openSandbox, usesSignIn } from "../connect/connect.js";
import { withoutNames } from "../contacts/by-name.js";
import { looksLikeName } from "../contacts/looks-like-name.js";
import { dialCall } from "../dial/dial-call.js";
import type { DialOptions } from "../dial/dial-options.js";
import type { PushListener } from "../dial/push-listen.js";
import { writtenExtension } from "../dial/written-extension.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { readableNumbers } from "../readable-number.js";
import { requestOf } from "../settings/call-settings.js";
import { hasCredentials } from "../settings/setting-problems.js";
import { named, type Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";

interface Circumstances {
  /** Connections that were opened for the first requests. */
  readonly sockets?: EarlySockets | undefined;
  /** Asked before anything is dialled; if it says no, nothing is. */
  readonly isMeant?: (connection: Connection) => Promise<boolean>;
}

/** Places the call that the settings describe. */
export async function dialFrom(
  settings: Settings,
  options: DialOptions,
  input: Input,
  output: Output,
  { sockets, isMeant }: Circumstances,
): Promise<ExitCode> {
  // The embedded sandbox pushes at no cost, and so shows every state of the call.
  const listens = options.listensForPushes || (options.follows && isForSandbox(settings, input));
  const pushes = listens && !options.isDryRun ? await pushesFor(settings, input) : undefined;
  try {
    const connection = await connectFor(settings, input, output, { pushUrl: pushes?.url, sockets });
    try {
      if (isMeant !== undefined && !(await isMeant(connection))) return EXIT.left;
      const code = await dialOver(connection, settings, options, pushes, output);
      if (connection.sandbox && !input.flag("sandbox")) output.hint(NEXT);
      return code;
    } finally {
      await connection.close();
    }
  } finally {
    pushes?.close();
  }
}

/** After a first call in the embedded sandbox. */
const NEXT = `
Next
  sipgate-call init   use your own account
  sipgate-sandbox     a sandbox that stays, for your own program
  sipgate-call help   everything else`;

async function dialOver(
  connection: Connection,
  settings: Settings,
  options: DialOptions,
  pushes: PushListener | undefined,
  output: Output,
): Promise<ExitCode> {
  try {
    const { client, sandbox, pushKey } = connection;
    const typed = await withoutNames(client, requestOf(settings, sandbox), settings, output);
    const request = await checkCallRequest(typed, settings.country?.value);
    await tellOfExtension(typed.callee, request.callee, output);
    if (options.isDryRun) return showDryRun(await client.dryRun(request), output);
    if (pushes !== undefined) await pushes.attach(client, await pushKey?.());
    const parties = { caller: printable(typed.caller), callee: printable(typed.callee) };
    return await dialCall(connection, request, parties, options, output, () => pushes?.tell(output));
  } catch (error) {
    throw error instanceof InvalidRequestError
      ? new InvalidRequestError(named(error.problems, settings))
      : error;
  }
}

async function tellOfExtension(typed: string, number: string, output: Output): Promise<void> {
  const extension = writtenExtension(typed, number);
  if (extension === undefined) return;
  const readable = await readableNumbers();
  const before = readable(number.slice(0, -extension.length));
  output.notice(`Read as ${before}-${extension}: extension ${extension} of ${before}.`);
}

async function pushesFor(settings: Settings, input: Input): Promise<PushListener> {
  const { listenForPushes } = await import("../dial/push-listen.js");
  return listenForPushes(input, isForSandbox(settings, input));
}

/**
 * Whether the call goes to the embedded sandbox: it was asked for; or nothing is set, and somebody reads that it rings
 * nobody. A script would take it for a success.
 */
function isForSandbox(settings: Settings, input: Input): boolean {
  if (input.flag("sandbox")) return true;
  if (hasCredentials(settings) || settings.callee !== undefined || usesSignIn(settings)) return false;
  return input.flag("sandbox-if-no-credentials") || (process.stdout.isTTY && process.stderr.isTTY);
}

/** A user who names a callee means a real call, and must not be told of a success that rang nobody. */
async function connectFor(
  settings: Settings,
  input: Input,
  output: Output,
  { pushUrl, sockets }: Pick<Circumstances, "sockets"> & { readonly pushUrl: string | undefined },
): Promise<Connection> {
  if (isForSandbox(settings, input)) {
    if (!input.flag("sandbox")) {
      output.notice("No credentials were found, neither in SIPGATE_… variables nor in a file .env.");
    }
    return openSandbox(settings, output, pushUrl);
  }
  try {
    return await connect(settings, input, output, sockets);
  } catch (error) {
    if (!(error instanceof InvalidSettingsError)) throw error;
    throw new InvalidSettingsError([...error.problems, ...(await requestProblems(settings, error.problems))]);
  }
}

/** The problems of the request, to be named along with those of the settings. */
async function requestProblems(settings: Settings, known: readonly Problem[]): Promise<Problem[]> {
  try {
    await checkCallRequest(requestOf(settings, false), settings.country?.value);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    const isKnown = (field: string | undefined) => known.some((problem) => problem.field === field);
    return named(error.problems, settings).filter(
      ({ field, code }) =>
        !isKnown(field) &&
        !(code === "unknown-country" && isKnown(settings.country?.from)) &&
        !isName(field, settings),
    );
  }
}

/** Names can be judged only by who has a connection. */
function isName(from: string, { caller, callee }: Settings): boolean {
  return [caller, callee].some((setting) => setting?.from === from && looksLikeName(setting.value));
}

function showDryRun(requests: readonly PlannedRequest[], output: Output): ExitCode {
  output.object({ type: "dry-run", requests });
  output.notice("Dry run: nothing was dialled.");
  for (const [index, request] of requests.entries()) {
    if (index > 0)
      output.line("\nand only if sipgate responds that the account is on neo (403, nothing dialled):");
    output.line(`\n${request.method} ${request.url}`);
    for (const [name, value] of Object.entries(request.headers)) output.line(`${name}: ${value}`);
    output.line(`\n${JSON.stringify(request.body)}`);
    if (request.platform === "neo")
      output.notice("\nThe device's channelId is added. It's read from sipgate first.");
  }
  return EXIT.ok;
}
