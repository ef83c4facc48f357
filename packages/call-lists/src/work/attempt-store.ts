import { AsyncLocalStorage } from "node:async_hooks";
import type { IdempotencyStore } from "sipgate-call";
import type { Database } from "../database/database.js";
import { idempotencyStoreIn } from "../ledger/postgres-idempotency-store.js";
import { claimAttempt } from "../lists/attempt-outcome.js";

/** The store of a client that calls the contacts of lists. */
export interface AttemptStore extends IdempotencyStore {
  /** Places a call for an attempt: within `work`, nothing is sent once the attempt isn't open any more. */
  placing<T>(attemptId: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Keeps a process that was stopped from dialling late: the step that allows sending succeeds only while the attempt is still
 * marked as being dialled, in the same transaction. So what a person has looked at meanwhile isn't dialled any more.
 */
export function createAttemptStore(database: Database): AttemptStore {
  const current = new AsyncLocalStorage<string>();
  const store = idempotencyStoreIn(database);
  return {
    read: (key) => store.read(key),
    create: (key, record) => store.create(key, record),
    replace(key, version, record) {
      const attemptId = current.getStore();
      if (record.state.kind !== "sending" || attemptId === undefined)
        return store.replace(key, version, record);
      return database.transaction(async (queries) => {
        await claimAttempt(queries, attemptId);
        return idempotencyStoreIn(queries).replace(key, version, record);
      });
    },
    placing: (attemptId, work) => current.run(attemptId, work),
  };
}
