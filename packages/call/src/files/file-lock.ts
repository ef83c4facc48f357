// Work that only one process of this machine does at a time, by numbered files in a folder that all can write to.
//
// The file with the highest number tells whose turn it is; the next number is whoever's makes that file first. A turn is
// over once its owner has said so or no longer exists. The highest file is never removed: of two processes that take
// the same owner for gone, only one can make the next file. Whoever was slow and made one that isn't the highest any
// more doesn't have the turn.

import { link, readFile, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../call/clock.js";
import { systemCodeOf } from "../call/text/system-code.js";
import { wait } from "../call/wait.js";
import { namesIn, writeDraft } from "./private-files.js";
import { isOwnerAlive, thisOwner } from "./process-owner.js";

/** Milliseconds that work may take: who has had the turn for longer hangs, or is another process by an old number. */
const LONGEST_TURN = 120_000;
/** Milliseconds between two looks. */
const LOOK_AGAIN = 25;
const OVER = "over";

/**
 * Runs the work once it's this process's turn.
 *
 * @param name of the lock: its files are called `NAME.turn-1` and so on
 */
export async function withLock<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  const mine = await takeTurn(folder, `${name}.turn-`);
  try {
    return await work();
  } finally {
    await rename(await writeDraft(folder, OVER), mine);
  }
}

/** @returns the path of the file that holds the turn */
async function takeTurn(folder: string, prefix: string): Promise<string> {
  const draft = await writeDraft(folder, thisOwner());
  try {
    for (;;) {
      const latest = await latestTurn(folder, prefix);
      if (latest === 0 || (await isOver(join(folder, prefix + latest)))) {
        const mine = join(folder, prefix + (latest + 1));
        if ((await linked(draft, mine)) && (await isMine(folder, prefix, latest + 1))) return mine;
      } else {
        await wait(systemClock, LOOK_AGAIN); // The system's: other processes take their turns by it.
      }
    }
  } finally {
    await unlink(draft);
  }
}

async function latestTurn(folder: string, prefix: string): Promise<number> {
  return Math.max(0, ...(await turns(folder, prefix)));
}

async function turns(folder: string, prefix: string): Promise<number[]> {
  const names = await namesIn(folder);
  return names.filter((name) => name.startsWith(prefix)).map((name) => Number(name.slice(prefix.length)));
}

async function isOver(path: string): Promise<boolean> {
  try {
    const owner = await readFile(path, "utf8");
    if (owner === OVER || !isOwnerAlive(owner)) return true;
    return systemClock.now().getTime() - (await stat(path)).mtimeMs > LONGEST_TURN;
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return false; // A later one has come meanwhile.
    throw error;
  }
}

/** Whether a file was made that wasn't there. It's there with all of its text or not at all. */
async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Whether a turn that was made is the latest; if so, the earlier files go, else this one. */
async function isMine(folder: string, prefix: string, turn: number): Promise<boolean> {
  const all = await turns(folder, prefix);
  const isLatest = Math.max(...all) === turn;
  const gone = isLatest ? all.filter((other) => other < turn) : [turn];
  await Promise.all(gone.map((other) => unlink(join(folder, prefix + other)).catch(() => {})));
  return isLatest;
}
