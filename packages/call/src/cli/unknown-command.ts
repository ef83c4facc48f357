import { closest } from "../call/text/closest.js";
import { UsageError } from "./usage-error.js";

/** The error for a word that is no command, with the one that was probably meant. */
export function unknownCommand(word: string, commands: readonly string[]): UsageError {
  const suggestion = closest(word, [...commands, "help"]);
  const remedy = suggestion === undefined ? "See sipgate-call --help." : `Did you mean ${suggestion}?`;
  return new UsageError([
    { field: "command", code: "usage", message: `There is no command ${word}.`, remedy },
  ]);
}
