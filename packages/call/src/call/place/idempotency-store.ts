import type { PlacedCall } from "../telephony.js";

/** How far a request under a key has come. `at`: when it was sent, in milliseconds since 1970 by this machine's clock. */
export type IdempotencyState =
  /** It's written down, and nothing was dialled. */
  | { readonly kind: "begun" }
  /** The request that rings phones is on its way, or was cut off on it. */
  | { readonly kind: "sending"; readonly at: number }
  | { readonly kind: "placed"; readonly call: PlacedCall }
  /** Nothing was dialled: it may be tried again. */
  | { readonly kind: "refused" }
  /** The answer was lost. */
  | { readonly kind: "unknown"; readonly at: number };

/** A request to place a call, under a key. */
export interface IdempotencyRecord {
  /** 1 for the first under its key; each attempt after a refusal has the next one. */
  readonly attempt: number;
  /** What was asked for, as text that's equal for equal requests. */
  readonly request: string;
  /** Who is at it, in the store's own words. */
  readonly owner: string;
  readonly state: IdempotencyState;
}

/**
 * The port: where records are kept, for all processes that may use the same key. Methods may throw; nothing is
 * dialled then that wasn't written down before.
 */
export interface IdempotencyStore {
  /** The latest attempt under a key. */
  latest(key: string): Promise<IdempotencyRecord | undefined>;
  /**
   * Writes an attempt down as `begun`, unless one with its number exists: of any number of processes, exactly one
   * succeeds. It has to be there after a crash, too.
   *
   * @returns undefined where somebody else was faster
   */
  begin(key: string, attempt: number, request: string): Promise<IdempotencyRecord | undefined>;
  /** Changes the state of an attempt that this process has begun. */
  update(key: string, record: IdempotencyRecord, state: IdempotencyState): Promise<void>;
  /** Whether whoever has begun it may still be at it. In doubt, yes. */
  isAlive(record: IdempotencyRecord): Promise<boolean>;
}
