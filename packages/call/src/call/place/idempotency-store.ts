import type { PlacedCall } from "../telephony.js";

/** How far a request under a key has come. `at`: when it was sent, in milliseconds since 1970 by that machine's clock. */
export type IdempotencyState =
  /** It's written down, and nothing was dialled. Somebody else may take the key over. */
  | { readonly kind: "begun" }
  /** The request that rings phones is on its way, or was cut off on it. Nobody else ever sends one under this key. */
  | { readonly kind: "sending"; readonly at: number }
  | { readonly kind: "placed"; readonly call: PlacedCall }
  /** Nothing was dialled: it may be tried again. */
  | { readonly kind: "refused" }
  /** The answer was lost. */
  | { readonly kind: "unknown"; readonly at: number };

/** An attempt to place a call under a key. Plain data, fit for JSON. */
export interface IdempotencyRecord {
  /** A digest of what was asked for, equal for equal requests. */
  readonly request: string;
  /** Who is at it: a random id, made anew for each attempt. */
  readonly owner: string;
  /** When the attempt began, in milliseconds since 1970 by its machine's clock. For people: nothing depends on it. */
  readonly begunAt: number;
  /** Counts up each second while the owner is at it. */
  readonly beat: number;
  readonly state: IdempotencyState;
}

/** A record as it's kept. */
export interface StoredRecord {
  /** Another number after each change. */
  readonly version: number;
  readonly record: IdempotencyRecord;
}

/**
 * The port: where records are kept, for all processes that may use the same key. `create` and `replace` are atomic: of
 * any number of processes that try at the same time, exactly one is told `true`. That is all that keeps a key from
 * ringing twice: nobody is asked who is still alive. What `true` was said for has to be there after a crash, too.
 *
 * Keys are digests of 64 characters. Methods may throw: nothing is dialled then that wasn't written down before. The
 * client waits 5 seconds for each answer.
 *
 * @example With PostgreSQL: a row for each key, with columns `key` (primary key), `version` and `record` (jsonb)
 * ```ts
 * const store: IdempotencyStore = {
 *   async read(key) {
 *     const { rows } = await pool.query("select version, record from attempts where key = $1", [key]);
 *     return rows[0];
 *   },
 *   async create(key, record) {
 *     const insert = "insert into attempts values ($1, 1, $2) on conflict do nothing";
 *     return (await pool.query(insert, [key, record])).rowCount === 1;
 *   },
 *   async replace(key, version, record) {
 *     const update = "update attempts set version = version + 1, record = $3 where key = $1 and version = $2";
 *     return (await pool.query(update, [key, version, record])).rowCount === 1;
 *   },
 * };
 * ```
 */
export interface IdempotencyStore {
  /** What is kept under a key: what the latest successful `create` or `replace` has written. */
  read(key: string): Promise<StoredRecord | undefined>;
  /**
   * Keeps a record under a key that has none.
   *
   * @returns whether it did: `false` if there is one
   */
  create(key: string, record: IdempotencyRecord): Promise<boolean>;
  /**
   * Puts a record in the place of the one that has this version.
   *
   * @returns whether it did: `false` if another version is there
   */
  replace(key: string, expectedVersion: number, record: IdempotencyRecord): Promise<boolean>;
}
