import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import { stateFolder } from "./state-folder.js";

/**
 * The records that all programs of this user share. Loaded for the first call with a key: few calls have one.
 */
export async function defaultIdempotencyStore(): Promise<IdempotencyStore> {
  const { createIdempotencyFiles } = await import("./idempotency-files.js");
  return createIdempotencyFiles(stateFolder("calls"));
}
