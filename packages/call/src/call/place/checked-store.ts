// A store that isn't trusted: each of its answers is checked, and the wait for it is limited.

import { type Clock, outside } from "../clock.js";
import { CallError, type Placed } from "../errors.js";
import { isError } from "../text/is-error.js";
import { printable } from "../text/printable.js";
import { waitFor } from "../wait.js";
import type { IdempotencyRecord, IdempotencyStore, StoredRecord } from "./idempotency-store.js";
import { checkedRecord } from "./stored-record.js";

/** Limits of a wait for the store. */
export interface StoreLimits {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for each answer. Default: 5,000. */
  readonly milliseconds?: number;
}

/** A store whose methods throw only a `CallError`. */
export interface CheckedStore {
  read(limits?: StoreLimits): Promise<StoredRecord | undefined>;
  /** Writes the first record (`replaced` undefined) or the next one. @returns whether it surely did */
  write(
    record: IdempotencyRecord,
    replaced: StoredRecord | undefined,
    limits?: StoreLimits,
  ): Promise<boolean>;
}

const ANSWER_MS = 5_000;
const LAST_PART_MS = 1_000;

/** @param placed what an error says about the call: whether somebody else may have dialled under this key */
export function checkedStore(
  store: IdempotencyStore,
  key: string,
  clock: Clock,
  placed: () => Placed,
): CheckedStore {
  const ask = async <T>(
    method: keyof IdempotencyStore,
    work: () => Promise<unknown>,
    check: (answer: unknown) => T,
    { signal, milliseconds = ANSWER_MS }: StoreLimits = {},
  ): Promise<T> => {
    if (signal?.aborted) throw givenUp(placed(), signal.reason);
    try {
      // It may throw before it returns a promise, or return none.
      const asked = outside(clock, Promise.resolve().then(work));
      const within = (part: number) => {
        const limit = { clock, milliseconds: part, tooLate: () => new TooLate() };
        return waitFor(asked, { limit, signal, givenUp: () => new GivenUp() });
      };
      const last = Math.min(LAST_PART_MS, milliseconds / 2);
      // After a process was stopped, its time is over before it has read the answer that waits for it. So the
      // last part starts again then.
      const answer = await within(milliseconds - last).catch((error: unknown) => {
        if (!(error instanceof TooLate)) throw error;
        return within(last);
      });
      return check(answer);
    } catch (thrown) {
      const error =
        thrown instanceof TooLate
          ? new Error(`${method} hasn't answered within ${milliseconds} ms.`)
          : thrown;
      throw error instanceof GivenUp ? givenUp(placed(), signal?.reason) : storeFailed(error, placed());
    }
  };
  return {
    read: (limits) => ask("read", () => store.read(key), checkedRecord, limits),
    write: (record, replaced, limits) =>
      replaced === undefined
        ? ask("create", () => store.create(key, record), yesOrNo, limits)
        : ask("replace", () => store.replace(key, replaced.version, record), yesOrNo, limits),
  };
}

class GivenUp extends Error {}
class TooLate extends Error {}

/** Only `true` counts as success: other answers of database clients mean many things. */
function yesOrNo(answer: unknown): boolean {
  if (typeof answer === "boolean") return answer;
  throw new Error(
    `It has to answer true or false, and answered ${answer === null ? "null" : typeof answer}.`,
  );
}

function storeFailed(cause: unknown, placed: Placed): CallError {
  const why = isError(cause) ? ` ${printable(cause.message)}` : "";
  return new CallError("store-failed", `The store of idempotency keys has failed.${why}`, {
    remedy: "Mend that and ask again with the same key, or look at the call history.",
    placed,
    cause,
  });
}

function givenUp(placed: Placed, cause: unknown): CallError {
  return new CallError("aborted", "It was canceled before it was known what became of this key.", {
    remedy: "Ask again with the same key later.",
    placed,
    cause,
  });
}
