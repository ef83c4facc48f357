// The command line of call lists: finds the command, reads its words, and ends with an exit code for scripts.
import { parseArgs } from "node:util";
import { isCallError } from "sipgate-call";
import { ListsError, type ListsErrorCode } from "../lists-error.js";
import { EXIT, type Input, type ListsCommand } from "./command.js";
import { COMMANDS } from "./commands.js";
import { commandHelp, overview } from "./help.js";
import { createTerminal } from "./terminal.js";

/** Options of every command. */
export const COMMON = {
  json: { type: "boolean", description: "print JSON: one object per line, each with a type" },
  "env-file": { type: "string", placeholder: "FILE", description: "file with variables" },
  help: { type: "boolean", description: "show this help" },
} as const;

/** @returns the exit code */
export async function run(words: readonly string[]): Promise<number> {
  const [name = "help", ...rest] = words;
  if (name === "--version" || name === "-v") return print(`${SIPGATE_CALL_VERSION}\n`);
  if (name === "help" || name === "--help" || name === "-h") return print(overview(COMMANDS));
  const isJson = rest.includes("--json");
  // The reader may go away, such as `head`. That must not end the program while somebody is being called.
  for (const stream of [process.stdout, process.stderr]) stream.off("error", ignore).on("error", ignore);
  try {
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (command === undefined) throw usage(`There is no command "${name}".`, "sipgate-call-lists help");
    if (rest.includes("--help") || rest.includes("-h")) return print(commandHelp(command, COMMON));
    const input = inputOf(command, rest);
    const file = input.text("env-file");
    if (file !== undefined) loadVariables(file);
    const terminal = createTerminal(isJson);
    try {
      return await command.run(input, terminal);
    } finally {
      terminal.close();
    }
  } catch (error) {
    return report(error, isJson);
  }
}

const ignore = () => {};

function inputOf(command: ListsCommand, words: readonly string[]): Input {
  const options = { ...command.options, ...COMMON };
  const { values, positionals } = parsed(command, options, words);
  const { takes, optional = 0, repeats = false } = command;
  if ((positionals.length > takes.length && !repeats) || positionals.length < takes.length - optional)
    throw usage(
      `${command.name} takes ${takes.join(" ") || "no words"}.`,
      `sipgate-call-lists ${command.name} --help`,
    );
  return {
    positionals,
    text: (option) => (typeof values[option] === "string" ? values[option] : undefined),
    flag: (option) => values[option] === true,
  };
}

function parsed(command: ListsCommand, options: ListsCommand["options"], words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: Object.fromEntries(Object.entries(options ?? {}).map(([name, { type }]) => [name, { type }])),
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : "", `sipgate-call-lists ${command.name} --help`);
  }
}

function loadVariables(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch {
    throw usage(`The file ${file} can't be read.`, "sipgate-call-lists help");
  }
}

function usage(message: string, see: string): ListsError {
  return new ListsError("usage", message, `See ${see}.`);
}

function print(text: string): number {
  process.stdout.write(text);
  return EXIT.ok;
}

const CODES: Readonly<Record<ListsErrorCode, number>> = {
  "no-database": EXIT.settings,
  "database-url": EXIT.settings,
  "database-unreachable": EXIT.noConnection,
  "database-failed": EXIT.refused,
  "database-too-old": EXIT.settings,
  "no-schema": EXIT.settings,
  "schema-too-new": EXIT.settings,
  file: EXIT.usage,
  busy: EXIT.refused,
  "not-installed": EXIT.settings,
  "not-found": EXIT.usage,
  "not-open": EXIT.refused,
  neo: EXIT.settings,
  usage: EXIT.usage,
};

function report(error: unknown, isJson: boolean): number {
  const { code, message, remedy } = inWords(error);
  process.stderr.write(
    isJson ? `${JSON.stringify({ type: "error", code, message, remedy })}\n` : `${message} ${remedy}\n`,
  );
  if (error instanceof ListsError) return CODES[error.code];
  if (!isCallError(error)) return EXIT.internal;
  return error.code === "invalid-settings" ? EXIT.settings : EXIT.refused;
}

function inWords(error: unknown): { code: string; message: string; remedy: string } {
  if (error instanceof ListsError || isCallError(error)) return error;
  return {
    code: "internal",
    message: `This shouldn't happen: ${error instanceof Error ? error.stack : String(error)}`,
    remedy: "Please report it.",
  };
}
