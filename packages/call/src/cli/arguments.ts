import type { Problem } from "../call/errors.js";
import { closest } from "../call/text/closest.js";
import { printable } from "../call/text/printable.js";
import { type Command, type Input, isCommonOption, type OptionSpec, optionsOf } from "./command.js";
import { UsageError, usageProblem } from "./usage-error.js";

type Options = Readonly<Record<string, OptionSpec>>;

/** Other names of options. Node.js itself takes `--env-file` from the line of a script, so it isn't documented. */
const ALIASES: Readonly<Record<string, string>> = { "env-file": "env" };

/** Other users of the machine can read the options of every process. */
const SECRET_OPTIONS = ["token", "token-id", "access-token", "password", "client-id", "client-secret"];

/** What a person may take for the option of the callee. It has none: it's the argument. */
const CALLEE_OPTIONS = ["callee", "to", "target", "destination", "recipient"];

/** Reads what was typed after a command's name. @throws UsageError naming everything that's wrong */
export function readArguments(command: Command, argv: readonly string[]): Input {
  const options = optionsOf(command);
  const words = argv.filter((...argument) => !isHyphenBeforeDigits(...argument));
  const { typed, positionals } = split(words, (name) => takesValue(options, name));
  const values = new Map<string, string | true>();
  const problems = argv.filter(isHyphenBeforeDigits).map(hyphenBeforeDigits);
  for (const token of typed) {
    const name = ALIASES[token.name] ?? token.name;
    const problem =
      optionProblem(command, options, { ...token, name }) ?? repeated(values, name, token.rawName);
    if (problem) problems.push(problem);
    values.set(name, token.value ?? true);
  }
  problems.push(...contradictions(values));
  // Beside an unknown option, an argument may be that option's value, and a secret.
  problems.push(...tooMany(command, positionals, problems.length > 0));
  if (problems.length > 0) throw new UsageError(problems);
  return {
    positionals,
    text: (option) => asText(values.get(option)),
    flag: (option) => values.has(option),
  };
}

/** Secret options, and those that stand for the callee, take values, so these aren't taken for arguments and shown. */
function takesValue(options: Options, name: string): boolean {
  if ([...SECRET_OPTIONS, ...CALLEE_OPTIONS].includes(name) || Object.hasOwn(ALIASES, name)) return true;
  return Object.hasOwn(options, name) && options[name]?.type === "string";
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean;
}

/** Options and arguments, as `parseArgs` of Node tells them apart, which takes a millisecond of each start. */
function split(words: readonly string[], takesValue: (name: string) => boolean) {
  const typed: OptionToken[] = [];
  const positionals: string[] = [];
  const rest = words[Symbol.iterator]();
  for (const word of rest) {
    if (word === "--") positionals.push(...rest);
    else if (!word.startsWith("-") || word === "-") positionals.push(word);
    // There are no options of one letter: the first one is enough to refuse the word.
    else if (!word.startsWith("--")) typed.push({ name: word.charAt(1), rawName: word.slice(0, 2) });
    else typed.push(longOption(word, (name) => (takesValue(name) ? rest.next().value : undefined)));
  }
  return { typed, positionals };
}

function longOption(word: string, next: (name: string) => string | undefined): OptionToken {
  const at = word.indexOf("=", 3);
  const rawName = at === -1 ? word : word.slice(0, at);
  const name = rawName.slice(2);
  return at === -1
    ? { name, rawName, value: next(name) }
    : { name, rawName, value: word.slice(at + 1), inlineValue: true };
}

function asText(value: string | true | undefined): string | undefined {
  return value === true ? undefined : value;
}

function optionProblem(command: Command, options: Options, token: OptionToken): Problem | undefined {
  const spec: OptionSpec | undefined = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
  if (spec === undefined) return unknownOption(command, options, token);
  const { rawName, value, inlineValue } = token;
  if (spec.type === "boolean")
    return value === undefined
      ? undefined
      : usageProblem(rawName, "It takes no value.", `Write just ${rawName}.`);
  const missing = value === undefined || (inlineValue !== true && value.startsWith("-"));
  if (!missing) return undefined;
  return usageProblem(rawName, "It needs a value.", `Write ${rawName} ${spec.placeholder ?? "VALUE"}.`);
}

function unknownOption(command: Command, options: Options, { name, rawName }: OptionToken): Problem {
  if (SECRET_OPTIONS.includes(name)) {
    const variables = name.startsWith("client")
      ? "SIPGATE_CLIENT_ID and SIPGATE_CLIENT_SECRET"
      : "SIPGATE_TOKEN_ID and SIPGATE_TOKEN";
    const remedy = `Put it into .env or the environment as ${variables}.`;
    return usageProblem(
      rawName,
      "Not accepted, because other users of this machine can see options.",
      remedy,
    );
  }
  if (isCommonOption(name))
    return usageProblem(rawName, `It has no use with ${command.name}.`, "Leave it out.");
  if (command.positional?.name === "callee") {
    const meant = CALLEE_OPTIONS.includes(name)
      ? "callee"
      : closest(name, ["callee", ...Object.keys(options)]);
    if (meant === "callee") return calleeAsOption(command, rawName);
  }
  const suggestion = closest(name, Object.keys(options));
  const remedy =
    suggestion === undefined ? `See \`sipgate-call help ${command.name}\`.` : `Did you mean --${suggestion}?`;
  return usageProblem(printable(rawName), "There is no such option.", remedy);
}

/** -03023125000, "- 030 23125-000". What follows an option may be its value, and a secret. */
function isHyphenBeforeDigits(argument: string, at: number, argv: readonly string[]): boolean {
  const isArgument = !argv.slice(0, at).includes("--") && !argv[at - 1]?.startsWith("--");
  return isArgument && /^- ?[\d+(][\d ()/.-]*$/.test(argument);
}

function hyphenBeforeDigits(argument: string): Problem {
  const remedy = "Write a number without a hyphen in front, and in quotes if it has blanks.";
  return usageProblem(argument, "It begins with a hyphen, as options do.", remedy);
}

function calleeAsOption({ name }: Command, rawName: string): Problem {
  const remedy = `Write \`sipgate-call ${name} "+49 30 23125 000"\`. Your own phone is --caller.`;
  return usageProblem(printable(rawName), "The callee goes without an option.", remedy);
}

function repeated(values: ReadonlyMap<string, unknown>, name: string, rawName: string): Problem | undefined {
  if (!values.has(name)) return undefined;
  return usageProblem(rawName, "It's given more than once.", "Give it once.");
}

/** `--follow` beside `--no-follow`: nothing tells which of them was meant. */
function contradictions(values: ReadonlyMap<string, unknown>): Problem[] {
  return [...values.keys()]
    .map((name): [string, string] => [name, name === "profile" ? "sandbox" : `no-${name}`])
    .filter(([, other]) => values.has(other))
    .map(([name, other]) => usageProblem(`--${name}`, `It contradicts --${other}.`, "Give one of them."));
}

function tooMany(command: Command, positionals: readonly string[], hidden: boolean): Problem[] {
  const { positional, name } = command;
  const extra = positionals.slice(positional === undefined ? 0 : 1).map((word) => `"${printable(word)}"`);
  if (extra.length === 0) return [];
  if (hidden) return [usageProblem("arguments", `${extra.length} more than expected.`, "Leave them out.")];
  if (positional === undefined)
    return [usageProblem("arguments", `Not expected: ${extra.join(", ")}.`, `${name} takes options only.`)];
  const whole = positionals.join(" ");
  if (isOneNumber(positionals))
    return [
      usageProblem(positional.name, "A number with blanks needs quotes.", `Write "${printable(whole)}".`),
    ];
  if (positional.name === "callee" && positionals.every((word) => /\d/.test(word)))
    return [usageProblem("callee", "One callee only.", "Place one call after the other.")];
  const remedy = `Put the ${positional.name} in quotes if it contains blanks.`;
  return [usageProblem("arguments", `Not expected: ${extra.join(", ")}.`, remedy)];
}

/** Whether a shell has split one number at its blanks: only its first part has a plus or a zero in front. */
function isOneNumber([first = "", ...others]: readonly string[]): boolean {
  const isSplit =
    /^(?:\+|00?|\(0)[\d()/-]*$/.test(first) && others.every((word) => /^\(?[\d()/-]+$/.test(word));
  const digits = [first, ...others].join("").replaceAll(/\D/g, "").length;
  return isSplit && digits <= 16 && !others.some((word) => /^00\d{3}|^0\d{5}/.test(word));
}
