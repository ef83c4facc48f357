// The calls of the last day, as files that all processes share. A call is entered before it's placed, and only then the
// others are counted: of two processes that enter calls at the same time, at least one sees the other's.
import { nodeCrypto } from "../files/node-crypto.js";
import { digest, namesIn, readJson, remove, replaceFile } from "../files/private-files.js";
import { DAY_MS } from "./judge.js";

export interface LedgerEntry {
  /** Digest of the call's key. Attempts under the same key are the same call. */
  readonly key: string;
  /** When it was entered, milliseconds since 1970. */
  readonly at: number;
  /** Once it's placed. */
  readonly callId?: string | undefined;
  readonly ended?: boolean | undefined;
}

export interface OwnEntry {
  /** Never throws: phones ring. If it can't be noted, the entry counts all the same. */
  placed(callId: string): void;
  /** The call wasn't placed: it doesn't count. */
  withdraw(): void;
}

export interface Ledger {
  enter(key: string, now: Date): OwnEntry;
  /** The calls of the last 24 hours, one for each key. */
  entries(now: Date): LedgerEntry[];
  /** Notes that a call has ended. */
  ended(callId: string): void;
}

export function createLedger(folder: string): Ledger {
  const files = () =>
    namesIn(folder).flatMap((name) => {
      const entry = readJson(folder, name);
      return isEntry(entry) ? [{ name, entry }] : [];
    });
  return {
    enter(key, now) {
      const entry: LedgerEntry = { key: digest(key), at: now.getTime() };
      const name = `${entry.key}.${nodeCrypto().randomUUID()}.json`;
      replaceFile(folder, name, entry);
      return {
        placed(callId) {
          try {
            replaceFile(folder, name, { ...entry, callId });
          } catch {
            // Such as on a full disk.
          }
        },
        withdraw: () => remove(folder, name),
      };
    },
    entries(now) {
      const calls = new Map<string, LedgerEntry>();
      for (const { name, entry } of files()) {
        if (now.getTime() - entry.at > DAY_MS) remove(folder, name);
        else if (calls.get(entry.key)?.callId === undefined) calls.set(entry.key, entry);
      }
      return [...calls.values()];
    },
    ended(callId) {
      for (const { name, entry } of files())
        if (entry.callId === callId && entry.ended !== true)
          replaceFile(folder, name, { ...entry, ended: true });
    },
  };
}

function isEntry(value: unknown): value is LedgerEntry {
  return (
    typeof value === "object" &&
    value !== null &&
    "key" in value &&
    "at" in value &&
    typeof value.key === "string" &&
    typeof value.at === "number"
  );
}
