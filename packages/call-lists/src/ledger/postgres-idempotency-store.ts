import type { IdempotencyRecord, IdempotencyStore, StoredRecord } from "sipgate-call";
import { openDatabase, type Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";

/** A store on PostgreSQL, which keeps connections open until it's closed. */
export interface PostgresIdempotencyStore extends IdempotencyStore {
  /** Closes its connections. Idle ones don't keep a program alive. */
  close(): Promise<void>;
}

/**
 * Keeps the records of idempotency keys in a PostgreSQL database: with it, a key rings once over all machines that use that
 * database and the same sipgate user. `sipgate-call-lists init` makes its table.
 *
 * The records hold ids of calls, which encode phone numbers, and no key itself. None is ever forgotten.
 *
 * If the database is lost, the call isn't placed, or its error says `placed: "unknown"`.
 *
 * @param url such as `postgresql://user@host/database`. PostgreSQL 14 or newer. It's never part of an error
 * @throws ListsError if that isn't the URL of a PostgreSQL database
 * @example
 * ```ts
 * import { createClient } from "sipgate-call";
 * import { postgresIdempotencyStore } from "sipgate-call-lists";
 *
 * const client = createClient({
 *   credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" },
 *   idempotencyStore: postgresIdempotencyStore(process.env.SIPGATE_DATABASE_URL ?? ""),
 * });
 * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000", idempotencyKey: "order-4711" });
 * console.log(call.callId, call.repeated);
 * ```
 */
export function postgresIdempotencyStore(url: string): PostgresIdempotencyStore {
  const database = openDatabase(url);
  return { ...idempotencyStoreIn(database), close: () => database.close() };
}

/** A store in a database that is open already. */
export function idempotencyStoreIn(database: Queries): IdempotencyStore {
  return {
    async read(key) {
      const [row] = await database.query<{ version: string; record: unknown }>(READ, [key]);
      if (row === undefined) return undefined;
      // The client checks the content.
      return { version: Number(row.version), record: row.record } as StoredRecord;
    },
    create: async (key, record) => (await database.query(CREATE, [key, textOf(record)])).length === 1,
    replace: async (key, expectedVersion, record) =>
      (await database.query(REPLACE, [key, expectedVersion, textOf(record)])).length === 1,
  };
}

const textOf = (record: IdempotencyRecord) => JSON.stringify(record);

const READ = `select version, record from ${SCHEMA}.idempotency where key = $1`;

const CREATE = `
  insert into ${SCHEMA}.idempotency (key, version, record) values ($1, 1, $2)
  on conflict do nothing
  returning key`;

/** One statement: of several at once, the later ones wait for the row, and find another version. */
const REPLACE = `
  update ${SCHEMA}.idempotency set version = version + 1, record = $3
  where key = $1 and version = $2
  returning key`;
