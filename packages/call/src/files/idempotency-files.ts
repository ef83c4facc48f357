// Idempotency records as files in a folder of the user's, without a server.
import { createHash } from "node:crypto";
import type {
  IdempotencyRecord,
  IdempotencyState,
  IdempotencyStore,
  StoredRecord,
} from "../call/place/idempotency-store.js";
import { createVersionedFiles } from "./versioned-files.js";

/**
 * Records in a folder, readable by its user only: they hold ids of calls, which encode phone numbers. Keys are there as
 * digests. No key is ever forgotten.
 */
export function createIdempotencyFiles(folder: string): IdempotencyStore {
  const files = createVersionedFiles(folder);

  const write = async (key: string, follows: number, record: IdempotencyRecord) => {
    const name = digest(key);
    const isWritten = await files.write(name, follows, JSON.stringify(record));
    // What is left of those before is only in the way; that they can't be removed is no failure.
    if (isWritten && isLast(record.state)) await files.removeBefore(name, follows + 1).catch(() => {});
    return isWritten;
  };

  return {
    async read(key) {
      const found = await files.read(digest(key));
      if (found === undefined) return undefined;
      // Whoever asks checks what's in it.
      return { version: found.version, record: JSON.parse(found.text) } as StoredRecord;
    },
    create: (key, record) => write(key, 0, record),
    replace: write,
  };
}

/** Whether a state is never followed by another. */
function isLast({ kind }: IdempotencyState): boolean {
  return kind === "placed" || kind === "unknown";
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
