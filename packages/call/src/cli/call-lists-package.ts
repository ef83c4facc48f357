import { InvalidSettingsError, type Problem } from "../call/errors.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import { systemCodeOf } from "../call/text/system-code.js";

/** What the command line uses of sipgate-call-lists. */
export interface CallListsPackage {
  postgresIdempotencyStore(url: string): IdempotencyStore;
  /** @returns the exit code */
  runListsCommand(words: readonly string[]): Promise<number>;
}

const PACKAGE: string = "sipgate-call-lists";

/**
 * Loads the package, from where this one is installed.
 *
 * @param field what needs it, for the error
 * @throws InvalidSettingsError if it isn't installed
 */
export async function loadCallLists(field: string): Promise<CallListsPackage> {
  try {
    return (await import(PACKAGE)) as CallListsPackage;
  } catch (error) {
    const isAbsent = /^(?:ERR_)?MODULE_NOT_FOUND$/.test(systemCodeOf(error));
    if (!isAbsent || !(error instanceof Error && error.message.includes(PACKAGE))) throw error;
    throw notInstalled(field);
  }
}

function notInstalled(field: string): InvalidSettingsError {
  const problem: Problem = {
    field,
    code: "not-installed",
    message: `The package ${PACKAGE} isn't installed beside this one.`,
    remedy: "Make its archive in the clone of the project with npm run pack, and install that.",
  };
  return new InvalidSettingsError([problem]);
}
