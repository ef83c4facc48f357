import { type Command, commonOptions, type OptionSpec, ownOptions, type Positional } from "./command.js";
import { SETTINGS_HELP } from "./settings/settings-help.js";
import { broken } from "./terminal/text-width.js";

/** What the help says beside the commands' own table. */
const FIRST = "Place a phone call with sipgate: your phone rings, then the other one.";
const LABEL = 10;
const GROUPS: readonly (readonly [Command["group"], string])[] = [
  ["call", "Call"],
  ["look", "Look"],
  ["set up", "Set up"],
];
const EXAMPLES = [
  "sipgate-call +493023125000 --caller e0",
  'sipgate-call "Müller GmbH"',
  "sipgate-call init",
];
const ORDINARY = [
  "--caller PHONE",
  "--caller-id NUMBER",
  "--follow",
  "--json",
  "--sandbox",
  "--help",
  "--version",
];

/** The help that lists the commands, on one screen. */
export function overview(commands: readonly Command[], width: number): string {
  const named = (group: Command["group"]) => commands.filter((command) => command.group === group);
  return lines(
    ...paragraph(FIRST, width),
    "",
    ...twoColumns([["sipgate-call NUMBER|NAME", "place a call and follow it"]], width),
    "",
    ...GROUPS.flatMap(([group, label]) =>
      labelled(
        label,
        named(group).map(({ name }) => name),
        width,
      ),
    ),
    "",
    ...labelled("Options", ORDINARY, width),
    ...labelled("", ["all of them:", "sipgate-call help options"], width, " "),
    ...labelled("Examples", EXAMPLES, width, "\n"),
    ...labelled("More", ["sipgate-call help COMMAND", "sipgate-call doctor"], width, " · "),
  );
}

/** The help of one command. */
export function commandHelp(command: Command, width: number): string {
  const { name, summary, positional, examples } = command;
  const argument: [string, string][] =
    positional === undefined ? [] : [[positional.name, describe(positional)]];
  const common = Object.keys(commonOptions(command)).map((option) => `--${option}`);
  return lines(
    ...paragraph(summary, width),
    "",
    `Usage: sipgate-call ${name}${positional === undefined ? "" : ` [${positional.name}]`} [options]`,
    "",
    ...twoColumns([...argument, ...optionRows(ownOptions(command))], width),
    ...labelled("Also", common, width),
    ...(common.length === 0 ? [] : labelled("", ["explained by", "sipgate-call help options"], width, ": ")),
    "",
    "Examples:",
    ...examples.flatMap(([line, meaning]) => [`  ${line}`, ...paragraph(meaning, width, "      ")]),
  );
}

/** Every option, and the settings that can stand in the environment or in .env. */
export function optionsHelp(commands: readonly Command[], width: number): string {
  const [dial] = commands;
  return lines(
    ...(dial === undefined
      ? []
      : ["Options of dial:", ...twoColumns(optionRows(ownOptions(dial)), width), ""]),
    "Options of every command that has a use for them:",
    ...twoColumns(
      [...optionRows(commonOptions()), ["--version, -v", "show the version (without a command)"]],
      width,
    ),
    "",
    ...paragraph(
      "Settings come from options, then from SIPGATE_… variables, then from the file .env:",
      width,
    ),
    ...twoColumns(SETTINGS_HELP, width),
  );
}

function optionRows(options: Readonly<Record<string, OptionSpec>>): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { placeholder, description }]) => [
    `--${name}${placeholder === undefined ? "" : ` ${placeholder}`}`,
    description,
  ]);
}

function describe({ description, values }: Positional): string {
  return values === undefined ? description : `${description}: ${values.join(", ")}`;
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

function paragraph(text: string, width: number, indent = ""): string[] {
  return broken(text, width - indent.length).map((line) => indent + line);
}

/** A label, and beside it words that are never broken. */
function labelled(label: string, words: readonly string[], width: number, between = "  "): string[] {
  const rows: string[] = [];
  const isNarrow = words.some((word) => LABEL + word.length > width);
  const indent = isNarrow ? 2 : LABEL;
  for (const word of words) {
    const longer = rows.length === 0 ? word : `${rows.at(-1)}${between}${word}`;
    if (rows.length > 0 && between !== "\n" && indent + longer.length <= width)
      rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  if (isNarrow) return [...(label === "" ? [] : [label]), ...rows.map((row) => `  ${row}`)];
  return rows.map((row, at) => (at === 0 ? label : "").padEnd(LABEL) + row);
}

const WIDEST_LEFT = 30;
const LEAST_RIGHT = 24;

/** What is on the left gets a line of its own if there is no room beside it. */
function twoColumns(rows: readonly (readonly [string, string])[], width: number): string[] {
  const fitting = rows.map(([left]) => left.length).filter((length) => length <= WIDEST_LEFT);
  const left = Math.max(0, ...fitting);
  const isNarrow = width - left - 4 < LEAST_RIGHT;
  const indent = " ".repeat(isNarrow ? 6 : left + 4);
  return rows.flatMap(([first, second]) => {
    const [beside = "", ...more] = paragraph(second, width, indent);
    if (isNarrow || first.length > left) return [`  ${first}`, beside, ...more];
    return [`  ${first}`.padEnd(indent.length) + beside.slice(indent.length), ...more];
  });
}
