// The calls of the last day, as files that all processes share. A call is entered before it's placed, and only then the
// others are counted: of two processes that enter calls at the same time, at least one sees the other's.
import { join } from "node:path";
import { InvalidSettingsError } from "sipgate-call";
import { nodeCrypto } from "../files/node-crypto.js";
import { codeOf, isObject, namesIn, readJson, remove, replaceFile } from "../files/private-files.js";
import { DAY_MS } from "./judge.js";

export interface LedgerEntry {
  /** Attempts of the same name are the same call. */
  readonly name: string;
  /** When it was entered, milliseconds since 1970. */
  readonly at: number;
  /** Once it's placed. */
  readonly callId?: string | undefined;
  readonly ended?: boolean | undefined;
}

export interface OwnEntry {
  /** Never throws: phones ring. If it can't be noted, the entry counts all the same. */
  placed(callId: string): void;
  /** The call wasn't placed: it doesn't count. Never throws: then it counts all the same. */
  withdraw(): void;
}

export interface Ledger {
  /**
   * @param name what no other call has that any process counts in this folder
   * @throws InvalidSettingsError if it can't be entered: then nothing may be placed
   */
  enter(name: string, now: Date): OwnEntry;
  /**
   * The calls of the last 24 hours, one for each name.
   *
   * @throws InvalidSettingsError if one of them can't be read: then nothing may be placed
   */
  entries(now: Date): LedgerEntry[];
  /** Notes that a call has ended. Never throws: if it can't be noted, the call is taken to run for a while. */
  ended(callId: string): void;
}

export function createLedger(folder: string): Ledger {
  const contents = () =>
    namesIn(folder)
      .map((file) => ({ file, content: readJson(folder, file) }))
      .filter(({ content }) => content !== undefined);
  return {
    enter(name, now) {
      const entry: LedgerEntry = { name, at: now.getTime() };
      const file = `${nodeCrypto().randomUUID()}.json`;
      orUncountable(folder, () => replaceFile(folder, file, entry));
      return {
        placed: (callId) => ifPossible(() => replaceFile(folder, file, { ...entry, callId })),
        withdraw: () => ifPossible(() => remove(folder, file)),
      };
    },
    entries(now) {
      const calls = new Map<string, LedgerEntry>();
      for (const { file, content } of orUncountable(folder, contents)) {
        if (!isEntry(content)) throw damaged(join(folder, file));
        if (now.getTime() - content.at > DAY_MS) ifPossible(() => remove(folder, file));
        else if (calls.get(content.name)?.callId === undefined) calls.set(content.name, content);
      }
      return [...calls.values()];
    },
    ended: (callId) =>
      ifPossible(() => {
        for (const { file, content } of contents())
          if (isEntry(content) && content.callId === callId && content.ended !== true)
            replaceFile(folder, file, { ...content, ended: true });
      }),
  };
}

function orUncountable<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const message = `Calls can't be counted in ${folder} (${codeOf(error)}).`;
    const remedy = "Calls are placed again once this user can write there, and the disk has room.";
    throw new InvalidSettingsError([{ field: "rules", code: "uncountable", message, remedy }], error);
  }
}

/** Such as on a full disk. */
function ifPossible(work: () => void): void {
  try {
    work();
  } catch {
    // The entry stays as it is, and counts.
  }
}

function damaged(file: string): InvalidSettingsError {
  const message = `${file} is damaged: it isn't known which call it stands for, so calls can't be counted.`;
  const remedy =
    "A person looks whether a call is running, and removes that file: then its call counts no more.";
  return new InvalidSettingsError([{ field: "rules", code: "damaged", message, remedy }]);
}

function isEntry(value: unknown): value is LedgerEntry {
  return (
    isObject(value) &&
    typeof value.name === "string" &&
    typeof value.at === "number" &&
    (value.callId === undefined || typeof value.callId === "string")
  );
}
