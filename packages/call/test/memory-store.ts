import type { IdempotencyStore, StoredRecord } from "sipgate-call";

/** An idempotency store for one process. */
export function createMemoryStore(): IdempotencyStore {
  const kept = new Map<string, StoredRecord>();
  return {
    read: async (key) => kept.get(key),
    async create(key, record) {
      if (kept.has(key)) return false;
      kept.set(key, { version: 1, record });
      return true;
    },
    async replace(key, expectedVersion, record) {
      if (kept.get(key)?.version !== expectedVersion) return false;
      kept.set(key, { version: expectedVersion + 1, record });
      return true;
    },
  };
}
