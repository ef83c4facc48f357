// What init needs of somebody who answers: a human at a terminal, or lines from a pipe.
import { InvalidSettingsError } from "../../call/errors.js";

/** An answer understood, or what is wrong with it. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

export interface Question<T> {
  readonly message: string;
  /** Taken where the answer is empty. */
  readonly initial?: string | undefined;
  /** Whether piped answers may end before it; it's empty then. */
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
  /** Whether what sipgate refuses can be asked for again. */
  readonly again: boolean;
  text<T>(question: Question<T>): Promise<T>;
  /** As text, but what is typed isn't shown. */
  secret<T>(question: Question<T>): Promise<T>;
  /** The id of the choice that was made. */
  choose(selection: Selection): Promise<string>;
  /** No where nothing is answered. */
  confirm(question: { readonly message: string; readonly optional?: boolean }): Promise<boolean>;
  say(text: string): void;
  warn(text: string): void;
  close(): void;
}

/** Whoever was asked left before the end. */
export class Left extends Error {}

export function nobodyAnswers(): InvalidSettingsError {
  return new InvalidSettingsError([
    {
      field: "answers",
      code: "missing",
      message: "There is no terminal to ask on, and none were piped in.",
      remedy:
        "Run it on a terminal, pipe one answer per line, or do without a file: set SIPGATE_TOKEN_ID, SIPGATE_TOKEN and SIPGATE_CALLER (and, if wished, SIPGATE_CALLER_ID, SIPGATE_CALLEE and SIPGATE_PLATFORM) in the environment.",
    },
  ]);
}
