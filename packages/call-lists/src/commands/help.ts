import type { ListsCommand, OptionSpec } from "./command.js";

/** The help that lists all commands. */
export function overview(commands: readonly ListsCommand[]): string {
  const rows = commands.map((command): [string, string] => [usageOf(command), command.summary]);
  return `Call lists for teams, on PostgreSQL: contacts from a file, one agent at a time, within the rules.

${table(rows)}
Each has --help. SIPGATE_DATABASE_URL names the database: postgresql://user:password@host/database
`;
}

export function commandHelp(command: ListsCommand, common: Readonly<Record<string, OptionSpec>>): string {
  const options = Object.entries({ ...command.options, ...common }).map(
    ([name, { placeholder, description }]): [string, string] => [
      `--${name}${placeholder === undefined ? "" : ` ${placeholder}`}`,
      description,
    ],
  );
  return `${command.summary}

Usage: sipgate-call-lists ${usageOf(command)} [options]

${table(options)}`;
}

function usageOf({ name, takes, optional = 0, repeats = false }: ListsCommand): string {
  const words = takes.map((word, at) => (at < takes.length - optional ? word : `[${word}]`));
  return `${[name, ...words].join(" ")}${repeats ? " …" : ""}`;
}

/** Two columns. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join("");
}
