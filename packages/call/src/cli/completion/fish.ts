import type { CompletedCommand, CompletedOption } from "./completion-table.js";

export function fishScript(commands: readonly CompletedCommand[]): string {
  const [standard] = commands;
  const names = commands.map(({ name }) => name).join(" ");
  const isFirst = `not __fish_seen_subcommand_from ${names} help`;
  return `# Completion of sipgate-call for fish, written by "sipgate-call completion fish".
complete -c sipgate-call -f
${commands.map(({ name, summary }) => `complete -c sipgate-call -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`).join("\n")}
complete -c sipgate-call -n __fish_use_subcommand -a help -d 'Explain commands and options'
${(standard?.options ?? []).map((option) => lineOf(option, isFirst)).join("\n")}
${commands.flatMap(linesOf).join("\n")}
`;
}

function linesOf({ name, options, words }: CompletedCommand): string[] {
  const isUsed = `__fish_seen_subcommand_from ${name}`;
  return [
    ...words.map((word) => `complete -c sipgate-call -n ${quoted(isUsed)} -a ${quoted(word)}`),
    ...options.map((option) => lineOf(option, isUsed)),
  ];
}

function lineOf({ name, description, value }: CompletedOption, condition: string): string {
  return `complete -c sipgate-call -n ${quoted(condition)} -l ${name.slice(2)}${valueAfter(value)} -d ${quoted(description)}`;
}

function valueAfter(value: CompletedOption["value"]): string {
  if (value === "none") return "";
  if (value === "file") return " -r -F";
  if (value === "text") return " -x";
  return ` -x -a ${quoted(value === "phone" ? "(sipgate-call completion phones 2>/dev/null)" : value.join(" "))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
