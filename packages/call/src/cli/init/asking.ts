// What init needs from who answers: a human at a terminal, or lines from a pipe.
import { InvalidSettingsError } from "../../call/errors.js";

/** What an answer means, or what is wrong with it. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

export interface Question<T> {
  readonly message: string;
  /** Stands for an empty answer. */
  readonly initial?: string | undefined;
  /** Whether piped answers may end before it; then it's empty. */
  readonly optional?: boolean;
  read(answer: string): Reading<T> | Promise<Reading<T>>;
}

/** Something to choose. `id` is what a script may answer. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Why it can't be chosen. */
  readonly unusable?: string | undefined;
}

export interface Selection {
  readonly message: string;
  readonly choices: readonly Choice[];
  readonly initial: string;
  readonly optional?: boolean;
}

export interface Asking {
  /** Whether a question can be asked again if sipgate refuses the answer. */
  readonly again: boolean;
  text<T>(question: Question<T>): Promise<T>;
  /** Like text, but the answer isn't shown. */
  secret<T>(question: Question<T>): Promise<T>;
  /** The id of the chosen one. */
  choose(selection: Selection): Promise<string>;
  /** An empty answer means no. */
  confirm(question: { readonly message: string; readonly optional?: boolean }): Promise<boolean>;
  say(text: string): void;
  warn(text: string): void;
  close(): void;
}

/** The user left before the end. */
export class Left extends Error {}

export function nobodyAnswers(): InvalidSettingsError {
  return new InvalidSettingsError([
    {
      field: "answers",
      code: "missing",
      message: "There is no terminal to ask on, and no answers were piped in.",
      remedy:
        "Run it on a terminal, or pipe one answer per line. Or use no file and set SIPGATE_TOKEN_ID, SIPGATE_TOKEN and SIPGATE_CALLER (optionally SIPGATE_CALLER_ID, SIPGATE_CALLEE and SIPGATE_PLATFORM) in the environment.",
    },
  ]);
}
