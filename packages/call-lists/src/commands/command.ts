import type { Terminal } from "./terminal.js";

export interface OptionSpec {
  readonly type: "string" | "boolean";
  /** Stands for the value in the help. */
  readonly placeholder?: string;
  readonly description: string;
}

/** What was typed after a command's name. */
export interface Input {
  readonly positionals: readonly string[];
  text(option: string): string | undefined;
  flag(option: string): boolean;
}

export interface ListsCommand {
  readonly name: string;
  /** What follows the name, such as `LIST FILE`. */
  readonly takes: readonly string[];
  /** How many of these may be left out, at the end. Default: none. */
  readonly optional?: number;
  /** Whether the last may be given several times. */
  readonly repeats?: boolean;
  /** One line for the help. */
  readonly summary: string;
  readonly options?: Readonly<Record<string, OptionSpec>>;
  /** @returns the exit code */
  run(input: Input, terminal: Terminal): Promise<number>;
}

/** The exit codes, which are those of sipgate-call. */
export const EXIT = { ok: 0, internal: 1, usage: 2, settings: 3, refused: 6, noConnection: 7 } as const;
