// Records that any number of processes change, each time as a whole, without a server: a folder for each
// record, and in it a file for each version. The first process that creates the file of the next version has
// changed the record. Nothing depends on whether other processes are still alive. A version is never written
// twice.
//
// File system calls are synchronous, without Node's threads: they take microseconds, and the threads would
// cost each start of the command line 15 ms of CPU. Only what waits for a disk is asynchronous.
import {
  closeSync,
  fsync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { systemCodeOf } from "../call/text/system-code.js";
import { bytesOfFile } from "./plain-file.js";

export interface VersionedText {
  readonly version: number;
  readonly text: string;
}

export interface VersionedFiles {
  /** The latest version of a record, whose name must fit a file; undefined if there is none. */
  read(name: string): Promise<VersionedText | undefined>;
  /**
   * Writes the version that follows this one; 0 for the first.
   *
   * @returns false if another process already has
   */
  write(name: string, follows: number, text: string): Promise<boolean>;
  /**
   * Removes the versions before this one. Only safe if this one is final: its number must never look free.
   */
  removeBefore(name: string, last: number): Promise<void>;
  /**
   * Removes the records that are unchanged for this many milliseconds and whose text says they are old, too.
   */
  removeOlder(milliseconds: number, isOld: (text: string) => boolean): Promise<void>;
}

/**
 * @param folder created when it's needed, for its user only
 * @param outlivesCrash whether what was written must survive a crash of the machine. Default: true
 */
export function createVersionedFiles(folder: string, { outlivesCrash = true } = {}): VersionedFiles {
  const pathOf = (name: string, version: number) => join(folder, name, `${version}.json`);

  const versions = (name: string): number[] =>
    namesIn(join(folder, name))
      .map((file) => /^(\d{1,15})\.json$/.exec(file)?.[1])
      .filter((version) => version !== undefined)
      .map(Number);

  const read = (name: string): VersionedText | undefined => {
    for (let missing = 0; ; ) {
      const version = Math.max(0, ...versions(name));
      if (version === 0) return undefined;
      try {
        return { version, text: bytesOfFile(pathOf(name, version)).toString("utf8") };
      } catch (error) {
        // Meanwhile replaced by a later version; but a link that leads nowhere would stay missing for ever.
        if (systemCodeOf(error) !== "ENOENT" || missing === version) throw error;
        missing = version;
      }
    }
  };

  return {
    read: async (name) => read(name),

    async write(name, follows, text) {
      if (Math.max(0, ...versions(name)) !== follows) return false;
      const home = join(folder, name);
      const draft = await writeDraft(home, text, outlivesCrash);
      const path = pathOf(name, follows + 1);
      try {
        linkSync(draft, path); // Fails if it exists; creates all of it or nothing.
      } catch (error) {
        if (systemCodeOf(error) === "EEXIST") return false;
        throw error;
      } finally {
        unlinkSync(draft);
      }
      // A very slow process can create a version again that was removed as an old one.
      if (Math.max(...versions(name)) > follows + 1) {
        rmSync(path, { force: true }); // It may be removed again already.
        return false;
      }
      if (outlivesCrash) await keepNames(home);
      if (outlivesCrash && follows === 0) await keepNames(dirname(home));
      return true;
    },

    async removeBefore(name, last) {
      for (const version of versions(name))
        if (version < last) rmSync(pathOf(name, version), { force: true });
    },

    async removeOlder(milliseconds, isOld) {
      for (const name of namesIn(folder)) {
        const home = join(folder, name);
        if (Date.now() - statSync(home).mtimeMs <= milliseconds) continue;
        const found = read(name);
        if (found === undefined || isOld(found.text)) rmSync(home, { recursive: true, force: true });
      }
    },
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/** Gives drafts different names even if they are written in the same instant. */
let drafts = 0;

/** Writes a file that nobody else reads yet. @returns its path */
async function writeDraft(folder: string, text: string, outlivesCrash: boolean): Promise<string> {
  drafts += 1;
  // The name may be easy to guess: node:crypto would take 1.5 ms of each start.
  const path = join(folder, `${process.pid}-${drafts}-${Math.random().toString(36).slice(2)}.draft`);
  const file = openNew(folder, path);
  try {
    writeSync(file, text);
    if (outlivesCrash) await synced(file);
  } catch (error) {
    rmSync(path, { force: true }); // It may be empty, on a full disk.
    throw error;
  } finally {
    closeSync(file);
  }
  return path;
}

function openNew(folder: string, path: string): number {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    if (systemCodeOf(error) !== "ENOENT") throw error;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return openSync(path, "wx", 0o600);
  }
}

/** Waits until a file would survive a crash of the machine. */
function synced(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(file, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** The same for the names in a folder, if the system supports it. */
async function keepNames(folder: string): Promise<void> {
  try {
    const handle = openSync(folder, "r");
    try {
      await synced(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Windows can't open folders.
  }
}
