// The command line: finds the command, runs it, and ends with an exit code that a script can use.
import { readArguments } from "./arguments.js";
import { dial } from "./commands/dial.js";
import { COMMANDS } from "./commands/index.js";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-codes.js";
import { createOutput, type Output } from "./terminal/output.js";
import { withTrace } from "./terminal/verbose.js";
import { unknownCommand } from "./unknown-command.js";

async function main(argv: readonly string[]): Promise<ExitCode> {
  const plain = createOutput(argv.includes("--json"));
  const output = argv.includes("--verbose") ? withTrace(plain) : plain;
  try {
    return await run(argv, output);
  } catch (error) {
    output.error(error);
    return exitCodeOf(error);
  }
}

async function run(argv: readonly string[], output: Output): Promise<ExitCode> {
  const [first = "", ...afterFirst] = argv;
  const load = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  const rest = load === undefined ? argv : afterFirst;
  if (first === "--version") return print(`${SIPGATE_CALL_VERSION}\n`);
  if (first === "help" || rest.includes("--help") || rest.includes("-h")) return help(argv);
  // A word of letters only is no phone number: it's a command mistyped.
  if (load === undefined && /^[a-z][a-z-]+$/i.test(first)) throw unknownCommand(first, Object.keys(COMMANDS));
  const command = load === undefined ? dial : await load();
  return command.run(readArguments(command, rest), output);
}

/** `help`, `help COMMAND`, `COMMAND --help` or `--help`. */
async function help(argv: readonly string[]): Promise<ExitCode> {
  const { commandHelp, overview } = await import("./help.js");
  const name = argv.find((word) => word !== "help" && !word.startsWith("-"));
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  if (name === undefined) return print(overview(commands));
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return print(commandHelp(command));
  if (argv[0] === "help") throw unknownCommand(name, Object.keys(COMMANDS));
  return print(commandHelp(dial));
}

function print(text: string): ExitCode {
  process.stdout.on("error", () => {}); // A reader that has seen enough (`| head`) is no error.
  process.stdout.write(text);
  return EXIT.ok;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
