// Idempotency records as files in the user's folder, without a server.
import { createHash } from "node:crypto";
import type {
  IdempotencyRecord,
  IdempotencyState,
  IdempotencyStore,
  StoredRecord,
} from "../call/place/idempotency-store.js";
import { createVersionedFiles } from "./versioned-files.js";

/**
 * Records in a folder, readable by its user only: they hold ids of calls, which encode phone numbers. Keys
 * are kept as digests. No key is ever forgotten.
 */
export function createIdempotencyFiles(folder: string): IdempotencyStore {
  const files = createVersionedFiles(folder);

  const write = async (key: string, follows: number, record: IdempotencyRecord) => {
    const name = digest(key);
    const isWritten = await files.write(name, follows, JSON.stringify(record));
    // Earlier versions are no longer needed. It's no error if they can't be removed.
    if (isWritten && isLast(record.state)) await files.removeBefore(name, follows + 1).catch(() => {});
    return isWritten;
  };

  return {
    async read(key) {
      const found = await files.read(digest(key));
      if (found === undefined) return undefined;
      // The caller of this function checks the content.
      return { version: found.version, record: JSON.parse(found.text) } as StoredRecord;
    },
    create: (key, record) => write(key, 0, record),
    replace: write,
  };
}

/** Whether no other state ever follows this one. */
function isLast({ kind }: IdempotencyState): boolean {
  return kind === "placed" || kind === "unknown";
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
