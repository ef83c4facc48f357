import { InvalidSettingsError, isCallError } from "../../call/errors.js";
import type { IdempotencyStore } from "../../call/place/idempotency-store.js";
import { defaultIdempotencyStore } from "../../files/default-idempotency-store.js";
import { loadCallLists } from "../call-lists-package.js";

const VARIABLE = "SIPGATE_DATABASE_URL";

/**
 * Where calls with a key are recorded: in the database that the environment names, otherwise in files. A file in the current
 * folder, which may come from a stranger, can't name one: it would decide whether somebody is rung twice.
 *
 * @throws InvalidSettingsError if the database can't be used
 */
export async function keyStore(): Promise<IdempotencyStore> {
  const url = process.env[VARIABLE];
  if (!url) return defaultIdempotencyStore();
  const { postgresIdempotencyStore } = await loadCallLists(VARIABLE);
  try {
    return postgresIdempotencyStore(url);
  } catch (error) {
    if (isCallError(error) || !(error instanceof Error)) throw error;
    const remedy = "Write it like postgresql://user:password@host:5432/database.";
    throw new InvalidSettingsError([{ field: VARIABLE, code: "invalid", message: error.message, remedy }]);
  }
}
