// The command line: finds the command, runs it, and ends with an exit code for scripts.
import { readArguments } from "./arguments.js";
import { type Command, unread } from "./command.js";
import { COMMAND_NAMES, type CommandName } from "./commands/command-names.js";
import { dial } from "./commands/dial.js";
import { allCommands, commandOf } from "./commands/index.js";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-codes.js";
import { commandHelp, optionsHelp, overview } from "./help.js";
import { manPageOf } from "./man-page.js";
import { inCommandWords } from "./terminal/command-words.js";
import { createOutput, type Output } from "./terminal/output.js";
import { prose } from "./terminal/prose.js";
import { lostOutput, writeOut } from "./terminal/standard-streams.js";
import { windowWidth } from "./terminal/text-width.js";
import { withTrace } from "./terminal/verbose.js";
import { looksMistyped, misplacedCommand, unknownCommand } from "./unknown-command.js";

async function main(argv: readonly string[]): Promise<ExitCode> {
  const plain = createOutput(argv.includes("--json"), placesCall(nameIn(argv)));
  const output = argv.includes("--verbose") ? withTrace(plain) : plain;
  try {
    return await unlessLost(await run(argv, output), output);
  } catch (error) {
    output.error(error);
    return exitCodeOf(error);
  }
}

/** Whether a command, named or not, places a call: a word that is no command, nor nearly one, is a contact's name. */
const placesCall = (name: string) => name === "dial" || isContact(name);
const isContact = (name: string) => !isCommand(name) && !looksMistyped(name, COMMAND_NAMES);
const isCommand = (name: string): name is CommandName => COMMAND_NAMES.some((known) => known === name);

/** A success whose result can't be read isn't one. Any other code says more than that output was lost. */
async function unlessLost(code: ExitCode, output: Output): Promise<ExitCode> {
  const lost = await lostOutput();
  if (lost === undefined) return code;
  output.lost(lost);
  return code === EXIT.ok ? EXIT.outputFailed : code;
}

/** The command's name: the first word. A phone number and an option are for dial, the default. */
function nameIn([first = ""]: readonly string[]): string {
  return /^[A-Za-z][A-Za-z-]+$/.test(first) ? first : "dial";
}

async function run(argv: readonly string[], output: Output): Promise<ExitCode> {
  const name = nameIn(argv);
  const isNamed = argv[0] === name;
  const rest = isNamed ? argv.slice(1) : argv;
  if (argv[0] === "--version" || argv[0] === "-v") return print(`${SIPGATE_CALL_VERSION}\n`);
  if (name === "help" || asksForHelp(name, rest)) return help(argv);
  if (isContact(name)) return dial.run(readArguments(dial, argv), output, allCommands);
  if (!isCommand(name)) throw unknownCommand(name, COMMAND_NAMES);
  const command = await commandOf(name);
  if (command.passesWordsOn) return command.run(unread(rest), output, allCommands);
  const input = readArguments(command, rest);
  const [argument = ""] = input.positionals;
  if (!isNamed && isCommand(argument)) throw misplacedCommand(argument);
  return command.run(input, output, allCommands);
}

/** A command that passes its words on has help of its own for each of them. */
function asksForHelp(name: string, rest: readonly string[]): boolean {
  const words = name === "list" ? rest.slice(0, 1) : rest;
  return words.includes("--help") || words.includes("-h");
}

/** `help`, `help COMMAND`, `COMMAND --help` or `--help`. */
async function help(argv: readonly string[]): Promise<ExitCode> {
  const name = argv.find((word) => word !== "help" && !word.startsWith("-"));
  const commands = await allCommands();
  const width = Math.min(windowWidth(process.stdout), LONGEST_LINE);
  if (name === undefined) return print(overview(commands, width));
  if (argv[0] === "help" && name === "options") return print(optionsHelp(commands, width));
  if (argv[0] === "help" && name === "man") return manPage(commands);
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return print(commandHelp(command, width));
  if (argv[0] === "help") throw unknownCommand(name, COMMAND_NAMES);
  return print(commandHelp(dial, width));
}

function manPage(commands: readonly Command[]): ExitCode {
  writeOut(manPageOf(commands));
  return EXIT.ok;
}

/** Longer lines are hard to read. */
const LONGEST_LINE = 100;

function print(text: string): ExitCode {
  writeOut(prose(inCommandWords(text), process.stdout));
  return EXIT.ok;
}

// To exit spares Node a millisecond of freeing its memory, and no forgotten timer keeps the program waiting.
void main(process.argv.slice(2)).then(async (code) => {
  await lostOutput();
  process.exit(code);
});
