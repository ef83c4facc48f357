import { closest } from "../call/text/closest.js";
import { type UsageError, usageError } from "./usage-error.js";

/** Whether a word is so near to a command that no contact is meant. */
export function looksMistyped(word: string, commands: readonly string[]): boolean {
  return closest(word, [...commands, "help"]) !== undefined;
}

/** The error for a word that is no command, with the one that was probably meant. */
export function unknownCommand(word: string, commands: readonly string[]): UsageError {
  const suggestion = closest(word, [...commands, "help"]);
  const remedy = suggestion === undefined ? "See sipgate-call --help." : `Did you mean ${suggestion}?`;
  return usageError(word, "There is no such command.", remedy);
}

/** The error for a command that follows options. */
export function misplacedCommand(name: string): UsageError {
  return usageError(name, "The command has to come first.", `Write: sipgate-call ${name} [options]`);
}
