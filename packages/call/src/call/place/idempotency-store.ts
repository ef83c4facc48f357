import type { PlacedCall } from "../telephony.js";

/** How far a request under a key has come. `at`: when it was sent, in milliseconds since 1970. */
export type IdempotencyState =
  /** Nothing was dialled; another may take over. */
  | { readonly kind: "begun" }
  /** The request is under way, or was cut off while it was. */
  | { readonly kind: "sending"; readonly at: number }
  | { readonly kind: "placed"; readonly call: PlacedCall }
  /** Nothing was dialled. */
  | { readonly kind: "refused" }
  /** The response was lost. */
  | { readonly kind: "unknown"; readonly at: number };

/** An attempt to place a call under a key, fit for JSON. */
export interface IdempotencyRecord {
  /** A digest of what was asked for. */
  readonly request: string;
  /** A random id, made anew for each attempt. */
  readonly owner: string;
  /** Milliseconds since 1970. Nothing depends on it. */
  readonly begunAt: number;
  /** Counts up while the owner is working on it. */
  readonly beat: number;
  /** How far it has come. */
  readonly state: IdempotencyState;
}

/** A record as it's kept. */
export interface StoredRecord {
  /** A different number after each change. */
  readonly version: number;
  /** What was written. */
  readonly record: IdempotencyRecord;
}

/**
 * Keeps records for all processes that may use the same key. `create` and `replace` are atomic: of any number of
 * processes that try at the same time, exactly one gets `true`. What it wrote has to survive a crash. Keys are digests
 * of 64 characters.
 *
 * This is a port: files in the state folder implement it, and you may. Methods may throw: then nothing is dialled. Each
 * has 5 seconds. Example: docs/architecture.md.
 */
export interface IdempotencyStore {
  /** What the latest successful `create` or `replace` has written. */
  read(key: string): Promise<StoredRecord | undefined>;
  /** Keeps a record under a key that has none. @returns whether it did */
  create(key: string, record: IdempotencyRecord): Promise<boolean>;
  /** Replaces the record that has this version. @returns whether it did */
  replace(key: string, expectedVersion: number, record: IdempotencyRecord): Promise<boolean>;
}
