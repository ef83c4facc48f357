import { readFileSync } from "node:fs";
import { type Command, parseArguments, type Serve } from "./cli/arguments.js";
import { callLine, pushLine, requestLine } from "./cli/log-lines.js";
import { HELP, jsonLine, openWarning, welcome } from "./cli/text.js";
import { startSandbox } from "./create-sandbox.js";
import { isLoopback } from "./http/loopback.js";
import type { Observers } from "./observers.js";
import type { Sandbox } from "./sandbox.js";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Ends the sandbox, once there is one. */
let stop = (): void => {};
process.stdout.on("error", outputLost);
process.stderr.on("error", outputLost);
void run(parseArguments(process.argv.slice(2)));

/** A reader that has seen enough, as in `sipgate-sandbox | head -1`, is no error. */
function outputLost(error: NodeJS.ErrnoException): void {
  stop();
  const isReaderGone = error.code === "EPIPE" || error.code === "ECONNRESET";
  if (isReaderGone || process.exitCode !== undefined) return;
  process.exitCode = EXIT_FAILED;
  process.stderr.write(`sipgate-sandbox: the output can't be written (${error.code}).\n`);
}

async function run(command: Command): Promise<void> {
  switch (command.kind) {
    case "help":
      process.stdout.write(HELP);
      return;
    case "version":
      process.stdout.write(`${ownVersion()}\n`);
      return;
    case "wrong":
      process.stderr.write(`sipgate-sandbox: ${command.problems.join("; ")}. See sipgate-sandbox --help.\n`);
      process.exitCode = EXIT_USAGE;
      return;
    case "serve":
      await serve(command);
  }
}

async function serve({ options: given, json, sipTrace }: Serve): Promise<void> {
  const options = sipTrace ? withTrace(given) : given;
  const { host, phones } = options;
  const observers: Observers = json
    ? {}
    : { request: print(requestLine), call: print(callLine), push: print(pushLine) };
  let sandbox: Sandbox;
  try {
    sandbox = await startSandbox(options, observers);
  } catch (error) {
    process.stderr.write(`sipgate-sandbox: ${explain(error, options)}\n`);
    process.exitCode = EXIT_FAILED;
    return;
  }
  stopOnSignals(sandbox);
  if (!isLoopback(host)) process.stderr.write(openWarning(host));
  process.stdout.write(
    json ? jsonLine(sandbox) : welcome(sandbox, typeof phones === "object" ? phones.callees : {}),
  );
}

function print<T>(line: (event: T) => string): (event: T) => void {
  return (event) => void process.stdout.write(line(event));
}

/** SIP messages go beside the log, which a script may read. */
function withTrace(options: Serve["options"]): Serve["options"] {
  if (typeof options.phones !== "object") return options;
  const trace = (text: string): void => void process.stderr.write(text);
  return { ...options, phones: { ...options.phones, trace } };
}

function stopOnSignals(sandbox: Sandbox): void {
  stop = () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    void sandbox.close();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function explain(error: unknown, { port, host, phones }: Serve["options"]): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const failed = error instanceof Error && "port" in error ? error.port : port;
  const sipPort = typeof phones === "object" ? phones.sipPort : undefined;
  const option = failed === sipPort && failed !== port ? "--sip-port" : "--port";
  switch (code) {
    case "EADDRINUSE":
      return `port ${failed} is in use already. Choose another with ${option}, or any free one with ${option} 0.`;
    case "EACCES":
      return `port ${failed} may not be used by this user. Choose one above 1023 with ${option}.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is not an address of this machine. Leave out --host to listen on 127.0.0.1.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function ownVersion(): string {
  const content: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const { version } = content as { version: string };
  return version;
}
