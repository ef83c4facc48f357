import { CallError, type CallErrorCode } from "../call/errors.js";
import { CommandError } from "./command-error.js";
import type { CommandErrorCode } from "./json/json-objects.js";
import { UsageError } from "./usage-error.js";

/** Exit codes of the command line. A test compares them with docs/errors.md. */
export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  settings: 3,
  notAllowed: 4,
  insufficientFunds: 5,
  refused: 6,
  noConnection: 7,
  unknown: 8,
  blocked: 9,
  busy: 10,
  noAnswer: 11,
  rejected: 12,
  unreachable: 13,
  outcomeUnknown: 14,
  /** Carried out, but what it printed was lost. */
  outputFailed: 15,
  /** The code that shells give after Ctrl-C. */
  left: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_ERROR: Readonly<Record<CallErrorCode, ExitCode>> = {
  "invalid-request": EXIT.usage,
  "invalid-settings": EXIT.settings,
  unauthorized: EXIT.notAllowed,
  forbidden: EXIT.notAllowed,
  "insufficient-funds": EXIT.insufficientFunds,
  "request-refused": EXIT.refused,
  "not-found": EXIT.refused,
  misrouted: EXIT.refused,
  "call-not-found": EXIT.refused,
  "not-established": EXIT.refused,
  "rate-limited": EXIT.refused,
  "unexpected-response": EXIT.refused,
  "server-error": EXIT.noConnection,
  network: EXIT.noConnection,
  timeout: EXIT.noConnection,
  aborted: EXIT.unknown,
  "outcome-unknown": EXIT.unknown,
  "store-failed": EXIT.settings,
  "sign-in-needed": EXIT.notAllowed,
  "sign-in-failed": EXIT.notAllowed,
};

const BY_COMMAND_ERROR: Readonly<Record<CommandErrorCode, ExitCode>> = {
  "several-calls": EXIT.usage,
  "not-redialled": EXIT.blocked,
  blocked: EXIT.blocked,
  "just-placed": EXIT.blocked,
  "no-such-contact": EXIT.usage,
  "several-contacts": EXIT.usage,
  "output-failed": EXIT.outputFailed,
};

/** For a script it matters most whether anything was dialled: if that isn't known, there is no other code. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof CommandError) return BY_COMMAND_ERROR[error.code];
  if (!(error instanceof CallError)) return EXIT.internal;
  // A placed call that can't be followed, since its id is no id.
  if (error.placed === "yes" && error.code === "unexpected-response") return EXIT.outcomeUnknown;
  return error.placed === "unknown" ? EXIT.unknown : BY_ERROR[error.code];
}
