// Short numbers for running calls, as `calls` shows them: `hangup 1`. A number belongs to one call for as long as that
// call is listed and ten minutes more, whichever process lists. So a list that changes between looking and typing never
// makes a number mean another call.
import { isId } from "../call/text/id.js";
import { stateFolder } from "../files/state-folder.js";
import { createVersionedFiles } from "../files/versioned-files.js";
import { digest } from "./digest.js";

export interface NumberedCall {
  readonly number: number;
  readonly callId: string;
  /** Who talks with whom, for a human. */
  readonly parties: string;
  /** When it was listed last, in milliseconds since 1970. */
  readonly listedAt: number;
}

const FREE_AGAIN_MS = 600_000;
const KEPT_VERSIONS = 10;
const ATTEMPTS = 5;

/** Numbers the running calls and keeps that. Undefined if it can't be kept: then the numbers would mean nothing. */
export async function numberCalls(
  account: string,
  running: readonly Pick<NumberedCall, "callId" | "parties">[],
): Promise<readonly NumberedCall[] | undefined> {
  try {
    const { files, name } = filesOf(account);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const found = await files.read(name);
      const { listed, kept } = numbered(running, decoded(found?.text));
      const version = found?.version ?? 0;
      if (!(await files.write(name, version, JSON.stringify(kept)))) continue; // Another process listed meanwhile.
      await files.removeBefore(name, version - KEPT_VERSIONS);
      return listed;
    }
  } catch {
    // The folder can't be written to.
  }
  return undefined;
}

/** The call that a number was given to. */
export async function callNumbered(account: string, number: number): Promise<NumberedCall | undefined> {
  try {
    const { files, name } = filesOf(account);
    return decoded((await files.read(name))?.text).find((call) => call.number === number);
  } catch {
    return undefined; // The folder can't be used: then no list has shown numbers.
  }
}

function numbered(
  running: readonly Pick<NumberedCall, "callId" | "parties">[],
  before: readonly NumberedCall[],
): { listed: NumberedCall[]; kept: NumberedCall[] } {
  const listedAt = Date.now();
  const isRunning = (call: NumberedCall) => running.some(({ callId }) => callId === call.callId);
  const known = before.filter((call) => isRunning(call) || isTaken(call, listedAt));
  const taken = new Set(known.map(({ number }) => number));
  const listed = running.map(({ callId, parties }) => {
    const number = known.find((call) => call.callId === callId)?.number ?? lowestFree(taken);
    taken.add(number);
    return { number, callId, parties, listedAt };
  });
  return { listed, kept: [...known.filter((call) => !isRunning(call)), ...listed] };
}

/** A clock that was set back makes a number neither free nor taken for ever. */
function isTaken({ listedAt }: NumberedCall, now: number): boolean {
  return Math.abs(now - listedAt) < FREE_AGAIN_MS;
}

function lowestFree(taken: ReadonlySet<number>): number {
  for (let number = 1; ; number += 1) if (!taken.has(number)) return number;
}

function filesOf(account: string) {
  const files = createVersionedFiles(stateFolder("call-numbers"), { outlivesCrash: false });
  return { files, name: digest(account) };
}

function decoded(text: string | undefined): NumberedCall[] {
  try {
    const calls: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(calls) ? calls.filter(isNumberedCall) : [];
  } catch {
    return [];
  }
}

function isNumberedCall(value: unknown): value is NumberedCall {
  if (typeof value !== "object" || value === null) return false;
  const { number, callId, parties, listedAt }: Readonly<Record<string, unknown>> = { ...value };
  return (
    Number.isSafeInteger(number) &&
    isId(callId) &&
    typeof parties === "string" &&
    typeof listedAt === "number"
  );
}
