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

/** A command of the command line: what it takes, what its help says, and what it does. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What may follow the options. */
  readonly positional?: { readonly name: string; readonly description: string };
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** A line to type and what it does. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  run(input: Input, output: Output): Promise<ExitCode>;
}

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  platform: {
    type: "string",
    placeholder: "auto|classic|neo",
    description: "sipgate's platform that the account is on (default: auto, finds out)",
  },
  "base-url": {
    type: "string",
    placeholder: "URL",
    description: "where the API is (default: https://api.sipgate.com/v2)",
  },
  timeout: {
    type: "string",
    placeholder: "SECONDS",
    description: "how long each request to sipgate may take (default: 30)",
  },
  profile: {
    type: "string",
    placeholder: "NAME",
    description: "sign-in to use, see sipgate-call profiles (default: default, where no token is set)",
  },
  "env-file": { type: "string", placeholder: "FILE", description: "file with settings (default: .env)" },
  sandbox: { type: "boolean", description: "use the embedded sandbox: no account, and no real phone rings" },
  json: { type: "boolean", description: "print JSON: one object per line, each with a type" },
  verbose: {
    type: "boolean",
    description:
      "tell of each request and its time on standard error, without anything secret, for bug reports",
  },
  help: { type: "boolean", description: "show this help" },
} as const satisfies Record<string, OptionSpec>;
