import { CallError } from "../call/errors.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import { isError } from "../call/text/is-error.js";
import { FolderRefused } from "./own-folder.js";
import { stateFolder } from "./state-folder.js";

/**
 * The records that all programs of this user share. Loaded for the first call with a key: few calls have one.
 *
 * @throws CallError if there is no folder for them
 */
export async function defaultIdempotencyStore(): Promise<IdempotencyStore> {
  const { createIdempotencyFiles } = await import("./idempotency-files.js");
  return createIdempotencyFiles(folderForCalls());
}

function folderForCalls(): string {
  try {
    return stateFolder("calls");
  } catch (error) {
    const why = isError(error) ? error.message : "";
    const remedy = error instanceof FolderRefused ? error.remedy : "Mend that, or set XDG_STATE_HOME.";
    throw new CallError("store-failed", `The record of this key can't be kept. ${why}`, {
      remedy: `${remedy} Or place the call without a key.`,
      placed: "no",
      cause: error,
    });
  }
}
