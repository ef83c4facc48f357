// Idempotency records as files in a folder of the user's, without a server: one for each attempt under a key.

import { createHash } from "node:crypto";
import { link, readFile, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import type {
  IdempotencyRecord,
  IdempotencyState,
  IdempotencyStore,
} from "../call/place/idempotency-store.js";
import { systemCodeOf } from "../call/text/system-code.js";
import { decodeIdempotencyRecord } from "./idempotency-json.js";
import { namesIn, writeDraft } from "./private-files.js";
import { isOwnerAlive, thisOwner } from "./process-owner.js";

/**
 * Records in a folder, readable by its user only: they hold ids of calls, which encode phone numbers. Keys are
 * there as digests. Nothing is ever deleted, so that no key is forgotten.
 */
export function createIdempotencyFiles(folder: string): IdempotencyStore {
  const nameOf = (key: string, attempt: number) => `${digest(key)}.${attempt}.json`;
  const owner = thisOwner();

  const latest = async (key: string): Promise<IdempotencyRecord | undefined> => {
    const prefix = `${digest(key)}.`;
    const attempts = (await namesIn(folder))
      .filter((name) => name.startsWith(prefix) && name.endsWith(".json"))
      .map((name) => Number(name.slice(prefix.length, -".json".length)));
    if (attempts.length === 0) return undefined;
    const attempt = Math.max(...attempts);
    return decodeIdempotencyRecord(await readFile(join(folder, nameOf(key, attempt)), "utf8"), attempt);
  };

  return {
    latest,
    async begin(key, attempt, request) {
      const record: IdempotencyRecord = { attempt, request, owner, state: { kind: "begun" } };
      const draft = await writeDraft(folder, JSON.stringify(record));
      try {
        await link(draft, join(folder, nameOf(key, attempt))); // Fails if it exists, and is there whole or not at all.
        return record;
      } catch (error) {
        if (systemCodeOf(error) === "EEXIST") return undefined;
        throw error;
      } finally {
        await unlink(draft);
      }
    },
    async update(key, record, state: IdempotencyState) {
      const draft = await writeDraft(folder, JSON.stringify({ ...record, state }));
      await rename(draft, join(folder, nameOf(key, record.attempt)));
    },
    isAlive: async (record) => isOwnerAlive(record.owner),
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
