import { parseArgs } from "node:util";
import type { Problem } from "../call/errors.js";
import { closest } from "../call/text/closest.js";
import { printable } from "../call/text/printable.js";
import type { Command, Input, OptionSpec } from "./command.js";
import { UsageError, usageProblem } from "./usage-error.js";

/** Reads what was typed after a command's name. @throws UsageError naming everything that's wrong */
export function readArguments(command: Command, argv: readonly string[]): Input {
  // Secret options exist for the parser only, so that their values aren't taken for arguments and shown.
  const secrets = SECRET_OPTIONS.map((name): [string, OptionSpec] => [
    name,
    { type: "string", description: "" },
  ]);
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      [...Object.entries(command.options), ...secrets].map(([name, { type }]) => [name, { type }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string | true>();
  const problems: Problem[] = [];
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const problem = optionProblem(command, token) ?? repeated(values, token.name, token.rawName);
    if (problem) problems.push(problem);
    values.set(token.name, token.value ?? true);
  }
  problems.push(...contradictions(values));
  // Beside an unknown option, an argument may be its value, and a secret.
  problems.push(...tooMany(command, positionals, problems.length > 0));
  if (problems.length > 0) throw new UsageError(problems);
  return {
    positionals,
    text: (option) => asText(values.get(option)),
    flag: (option) => values.has(option),
  };
}

function asText(value: string | true | undefined): string | undefined {
  return value === true ? undefined : value;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

// Other users of the machine can read the options of every process.
const SECRET_OPTIONS = ["token", "token-id", "access-token", "password", "client-id", "client-secret"];

function optionProblem(command: Command, token: OptionToken): Problem | undefined {
  const spec: OptionSpec | undefined = Object.hasOwn(command.options, token.name)
    ? command.options[token.name]
    : undefined;
  if (spec === undefined) return unknownOption(command, token);
  const { rawName, value, inlineValue } = token;
  if (spec.type === "boolean") {
    return value === undefined
      ? undefined
      : usageProblem(rawName, `${rawName} takes no value.`, `Write just ${rawName}.`);
  }
  const missing = value === undefined || (inlineValue !== true && value.startsWith("-"));
  if (!missing) return undefined;
  return usageProblem(
    rawName,
    `${rawName} needs a value.`,
    `Write ${rawName} ${spec.placeholder ?? "VALUE"}.`,
  );
}

function unknownOption(command: Command, { name, rawName }: OptionToken): Problem {
  if (SECRET_OPTIONS.includes(name)) {
    const variables = name.startsWith("client")
      ? "SIPGATE_CLIENT_ID and SIPGATE_CLIENT_SECRET"
      : "SIPGATE_TOKEN_ID and SIPGATE_TOKEN";
    const remedy = `Put it into .env or the environment as ${variables}.`;
    return usageProblem(
      rawName,
      `${rawName} isn't taken: other users of this machine can see options.`,
      remedy,
    );
  }
  const suggestion = closest(name, Object.keys(command.options));
  const remedy =
    suggestion === undefined ? `See sipgate-call ${command.name} --help.` : `Did you mean --${suggestion}?`;
  return usageProblem(printable(rawName), `There is no option ${printable(rawName)}.`, remedy);
}

function repeated(values: ReadonlyMap<string, unknown>, name: string, rawName: string): Problem | undefined {
  if (!values.has(name)) return undefined;
  return usageProblem(rawName, `${rawName} is given more than once.`, "Give it once.");
}

/** `--follow` beside `--no-follow`: which of them was meant can't be known. */
function contradictions(values: ReadonlyMap<string, unknown>): Problem[] {
  return [...values.keys()]
    .map((name): [string, string] => [name, name === "profile" ? "sandbox" : `no-${name}`])
    .filter(([, other]) => values.has(other))
    .map(([name, other]) =>
      usageProblem(`--${name}`, `--${name} and --${other} contradict each other.`, "Give one of them."),
    );
}

function tooMany(command: Command, positionals: readonly string[], hidden: boolean): Problem[] {
  const allowed = command.positional === undefined ? 0 : 1;
  const extra = positionals.slice(allowed).map((word) => `"${printable(word)}"`);
  if (extra.length === 0) return [];
  const remedy =
    allowed === 0 ? `${command.name} takes options only.` : `Put a number in quotes: "+49 30 23125 000".`;
  const shown = hidden ? `${extra.length} more than expected` : `Not expected: ${extra.join(", ")}`;
  return [usageProblem("argument", `${shown}.`, remedy)];
}
