// What can be completed, from the same table as the help.
import { type Command, type OptionSpec, optionsOf } from "../command.js";

export interface CompletedOption {
  /** With its dashes. */
  readonly name: string;
  readonly description: string;
  /** What follows it: nothing, any text, a file, one of the phones, or one of these words. */
  readonly value: "none" | "text" | "file" | "phone" | readonly string[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** The words that its argument may be; none if it's a number or the like. */
  readonly words: readonly string[];
}

/** @param commands the first one is the default */
export function completionTable(commands: readonly Command[]): CompletedCommand[] {
  return commands.map((command) => ({
    name: command.name,
    summary: command.summary,
    options: Object.entries(optionsOf(command)).map(([name, spec]) => ({
      name: `--${name}`,
      description: spec.description,
      value: valueAfter(spec),
    })),
    words: command.positional?.values ?? [],
  }));
}

const VALUES: Readonly<Record<string, CompletedOption["value"]>> = {
  "EXT|NUMBER": "phone",
  EXT: "phone",
  FILE: "file",
};

function valueAfter({ type, placeholder = "" }: OptionSpec): CompletedOption["value"] {
  if (type === "boolean") return "none";
  if (/^[a-z|]+$/.test(placeholder)) return placeholder.split("|");
  return VALUES[placeholder] ?? "text";
}
