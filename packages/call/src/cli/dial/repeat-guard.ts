// Places a call unless the same call was placed just now, which is taken for a double click. Placed calls are
// kept like keys, in records that only one process can change at a time. Here each counts for some seconds
// only.

import { uptime } from "node:os";
import { CallError } from "../../call/errors.js";
import { inWords } from "../../call/text/duration.js";
import { stateFolder } from "../../files/state-folder.js";
import { createVersionedFiles, type VersionedFiles } from "../../files/versioned-files.js";
import { CommandError } from "../command-error.js";
import { digest } from "../digest.js";
import { ask, canAsk } from "../terminal/ask.js";

/** Milliseconds within which the same call again is taken for a mistake. */
const WINDOW_MS = 5_000;

/**
 * @param call what identifies it: the checked request, which is the same however it was typed
 * @throws CallError if it was placed just now, and no user confirms that it's meant
 */
export async function placeUnlessRepeated<T>(
  call: readonly (string | undefined)[],
  place: () => Promise<T>,
): Promise<T> {
  const mark = await markOf(call);
  const since = await mark.leave();
  if (since !== undefined) {
    if (!(await isMeant(since))) throw justPlaced(since);
    await mark.leave({ insists: true });
  }
  try {
    return await place();
  } catch (error) {
    if (error instanceof CallError && error.placed === "no") await mark.takeBack();
    // The response was lost. The user may retry at once, so the time counts from now.
    else await mark.leave({ insists: true });
    throw error;
  }
}

interface Mark {
  /**
   * Notes that the call is being placed.
   *
   * @returns milliseconds since it was placed before; undefined if it wasn't just now, or with `insists`
   */
  leave(options?: { readonly insists: boolean }): Promise<number | undefined>;
  /** Nothing was dialled. */
  takeBack(): Promise<void>;
}

/** If the folder can't be written to, calls are placed all the same. */
async function markOf(call: readonly (string | undefined)[]): Promise<Mark> {
  const quietly = async <T>(work: () => Promise<T>) => work().catch(() => undefined);
  const files = await quietly(async () =>
    createVersionedFiles(stateFolder("just-placed"), { outlivesCrash: false }),
  );
  if (files === undefined) return { leave: async () => undefined, takeBack: async () => {} };
  const name = digest(JSON.stringify(call));
  return {
    leave: ({ insists } = { insists: false }) => quietly(() => leave(files, name, insists)),
    async takeBack() {
      await quietly(async () => write(files, name, (await files.read(name))?.version ?? 0, NEVER));
    },
  };
}

/** Milliseconds: far longer than placing a call takes. Older marks can be removed. */
const KEPT_MS = 3_600_000;
const NEVER = Number.NEGATIVE_INFINITY;

async function leave(files: VersionedFiles, name: string, insists: boolean): Promise<number | undefined> {
  const found = await files.read(name);
  const now = uptime() * 1_000; // Not the wall clock: it may be set meanwhile.
  const age = found === undefined ? undefined : now - Number(found.text);
  // After a restart of the machine, the age can be negative.
  if (!insists && age !== undefined && age >= 0 && age <= WINDOW_MS) return age;
  const isFirst = await write(files, name, found?.version ?? 0, now);
  if (!isFirst && !insists) return 0;
  // Both clocks must show that a mark is old: the wall clock may have been set.
  await files.removeOlder(KEPT_MS, (text) => Math.abs(now - Number(text)) > KEPT_MS);
  return undefined;
}

function write(files: VersionedFiles, name: string, follows: number, at: number): Promise<boolean> {
  return files.write(name, follows, String(at));
}

async function isMeant(since: number): Promise<boolean> {
  if (!canAsk()) return false;
  const answer = await ask(`You placed this call ${ago(since)}. Place it again? [y/N] `);
  return /^[yj]/i.test(answer?.trim() ?? "");
}

function justPlaced(since: number): CommandError {
  const message = `The same call was placed ${ago(since)}: this looks like a double click.`;
  const remedy = "Nothing was dialled now. If you mean it, add --yes, or wait a few seconds.";
  return new CommandError("just-placed", message, remedy);
}

function ago(milliseconds: number): string {
  return milliseconds < 1_000 ? "just now" : `${inWords(milliseconds / 1_000)} ago`;
}
