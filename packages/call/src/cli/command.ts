import type { ExitCode } from "./exit-codes.js";
import type { Output } from "./terminal/output.js";

export interface OptionSpec {
  readonly type: "string" | "boolean";
  /** Stands for the value in the help text. */
  readonly placeholder?: string;
  readonly description: string;
}

/** What was typed, checked against the command's options. */
export interface Input {
  readonly positionals: readonly string[];
  readonly text: (option: string) => string | undefined;
  readonly flag: (option: string) => boolean;
}

export interface Positional {
  readonly name: string;
  readonly description: string;
  /** The values that it can have, if these are all. */
  readonly values?: readonly string[];
}

/** A command of the command line: its options, its help and what it does. */
export interface Command {
  readonly name: string;
  /** Under which heading the help lists it. */
  readonly group: "call" | "look" | "set up";
  /** One line for the list of commands. */
  readonly summary: string;
  /** The argument that it takes beside options. */
  readonly positional?: Positional;
  /** Its own options. One that is also a common option replaces that one's description. */
  readonly options?: Readonly<Record<string, OptionSpec>>;
  /** The common options that have no use with it. */
  readonly lacks?: readonly CommonOption[];
  /** A line to type and what it does. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Whether another package reads the words after its name: all of them are positionals then. */
  readonly passesWordsOn?: true;
  /** @param loadAll gives every command, the default one first, to one that describes them */
  run(input: Input, output: Output, loadAll: () => Promise<readonly Command[]>): Promise<ExitCode>;
}

const COMMON_OPTIONS = {
  platform: {
    type: "string",
    placeholder: "auto|classic|neo",
    description: "the account's sipgate platform (default: auto, which detects it)",
  },
  "base-url": {
    type: "string",
    placeholder: "URL",
    description: "URL of the API (default: https://api.sipgate.com/v2)",
  },
  proxy: {
    type: "string",
    placeholder: "URL",
    description:
      "proxy, such as http://proxy.example:8080 (default: HTTPS_PROXY); not for this machine and what NO_PROXY names",
  },
  timeout: {
    type: "string",
    placeholder: "SECONDS",
    description: "time limit for each request to sipgate (default: 30)",
  },
  profile: {
    type: "string",
    placeholder: "NAME",
    description:
      "sign-in to use, as profiles lists them (default: the one called default, if no token is set)",
  },
  env: { type: "string", placeholder: "FILE", description: "file with settings (default: .env)" },
  sandbox: {
    type: "boolean",
    description: "use the embedded sandbox: no account needed, no real phone rings",
  },
  json: { type: "boolean", description: "print JSON: one object per line, each with a type" },
  verbose: {
    type: "boolean",
    description: "log each request and its duration to standard error, without secrets, for bug reports",
  },
  help: { type: "boolean", description: "show this help" },
} as const satisfies Record<string, OptionSpec>;

export type CommonOption = keyof typeof COMMON_OPTIONS;

export const ALL_COMMON_OPTIONS = Object.keys(COMMON_OPTIONS).filter(isCommonOption);

export function isCommonOption(name: string): name is CommonOption {
  return Object.hasOwn(COMMON_OPTIONS, name);
}

/** The common options of a command that doesn't describe them itself; without a command, all of them. */
export function commonOptions({
  options = {},
  lacks = [],
}: Pick<Command, "options" | "lacks"> = {}): Options {
  const common = Object.entries(COMMON_OPTIONS).filter(
    ([name]) => !Object.hasOwn(options, name) && !lacks.some((lacking) => lacking === name),
  );
  return Object.fromEntries(common);
}

export function ownOptions({ options = {} }: Command): Options {
  return options;
}

/** All options of a command, its own ones first. */
export function optionsOf(command: Command): Options {
  return { ...ownOptions(command), ...commonOptions(command) };
}

/** What was typed after a command that passes it on. */
export function unread(words: readonly string[]): Input {
  return { positionals: words, text: () => undefined, flag: () => false };
}

type Options = Readonly<Record<string, OptionSpec>>;
