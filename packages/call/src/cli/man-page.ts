// The manual page of the command line, in the language of man(7), from the same table as the help.
import { type Command, commonOptions, type OptionSpec, ownOptions } from "./command.js";
import { SETTINGS_HELP } from "./settings/settings-help.js";

export function manPageOf(commands: readonly Command[]): string {
  return [
    `.TH SIPGATE-CALL 1 "" "sipgate-call ${SIPGATE_CALL_VERSION}" "User Commands"`,
    ".SH NAME",
    "sipgate-call \\- place a phone call with sipgate",
    ".SH SYNOPSIS",
    ".B sipgate-call",
    "[\\fINUMBER\\fR] [\\fIoptions\\fR]",
    ".br",
    ".B sipgate-call",
    "\\fICOMMAND\\fR [\\fIoptions\\fR]",
    ".SH DESCRIPTION",
    "Places a phone call with sipgate: your own phone rings, and once you answer, the other one. On a terminal the call is",
    "followed to its end.",
    ".SH COMMANDS",
    ...commands.flatMap(section),
    ".SH OPTIONS",
    "Of every command that has a use for them:",
    ...optionsOf(commonOptions()),
    ".SH ENVIRONMENT",
    "Settings come from options, then from these variables, then from the file .env:",
    ...SETTINGS_HELP.flatMap(([variables, meaning]) => [".TP", `.B ${roff(variables)}`, roff(meaning)]),
    "",
  ].join("\n");
}

function section(command: Command): string[] {
  const { name, positional, summary, examples } = command;
  const argument = positional === undefined ? "" : ` [\\fI${roff(positional.name)}\\fR]`;
  return [
    `.SS "${name}${argument}"`,
    `${roff(summary)}.`,
    ...(positional === undefined ? [] : [".TP", `.I ${roff(positional.name)}`, roff(positional.description)]),
    ...optionsOf(ownOptions(command)),
    ...examples.flatMap(([line, meaning]) => [".TP", `.B ${roff(line)}`, roff(meaning)]),
  ];
}

function optionsOf(options: Readonly<Record<string, OptionSpec>>): string[] {
  return Object.entries(options).flatMap(([name, { placeholder, description }]) => [
    ".TP",
    `\\fB${roff(`--${name}`)}\\fR${placeholder === undefined ? "" : ` \\fI${roff(placeholder)}\\fR`}`,
    roff(description),
  ]);
}

/** A text that means itself: a hyphen that can be copied, and no line that starts with a request. */
function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("`", "")
    .replaceAll("…", "...")
    .replace(/^[.']/, "\\&$&");
}
