// Records that any number of processes change, each time as a whole, without a server: a folder for each record, and in
// it a file for each version. Whoever creates the file of the next version first has changed the record; nobody asks
// whether anybody else is still alive. A version is never written twice.
import { link, mkdir, open, readFile, rm, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf, namesIn, writeDraft } from "./private-files.js";

export interface VersionedText {
  readonly version: number;
  readonly text: string;
}

export interface VersionedFiles {
  /** The latest version of a record; undefined if there is none. */
  read(name: string): Promise<VersionedText | undefined>;
  /**
   * Writes the version that follows this one; 0 for the first.
   *
   * @returns false if somebody else has
   */
  write(name: string, follows: number, text: string): Promise<boolean>;
  /** Removes the versions before this one. Only safe if it's the last for ever: nobody may take its number for free. */
  removeBefore(name: string, last: number): Promise<void>;
  /** Forgets a record. */
  remove(name: string): Promise<void>;
}

/**
 * @param folder made when it's needed, for its user only
 * @param names of records have to be fit for files
 */
export function createVersionedFiles(folder: string): VersionedFiles {
  const pathOf = (name: string, version: number) => join(folder, name, `${version}.json`);

  const versions = async (name: string): Promise<number[]> =>
    (await namesIn(join(folder, name)))
      .map((file) => /^(\d{1,15})\.json$/.exec(file)?.[1])
      .filter((version) => version !== undefined)
      .map(Number);

  return {
    async read(name) {
      for (;;) {
        const version = Math.max(0, ...(await versions(name)));
        if (version === 0) return undefined;
        try {
          return { version, text: await readFile(pathOf(name, version), "utf8") };
        } catch (error) {
          if (codeOf(error) !== "ENOENT") throw error; // A later one has come meanwhile, and this one is gone.
        }
      }
    },

    async write(name, follows, text) {
      if (Math.max(0, ...(await versions(name))) !== follows) return false;
      const home = join(folder, name);
      await mkdir(home, { recursive: true, mode: 0o700 });
      const draft = await writeDraft(home, text);
      const path = pathOf(name, follows + 1);
      try {
        await link(draft, path); // Fails if it exists, and is there whole or not at all.
      } catch (error) {
        if (codeOf(error) === "EEXIST") return false;
        throw error;
      } finally {
        await unlink(draft);
      }
      // A version that was removed as an old one can be made once more, by whoever was very slow.
      if (Math.max(...(await versions(name))) > follows + 1) {
        await rm(path, { force: true }); // It may have been removed once more.
        return false;
      }
      await keep(home);
      if (follows === 0) await keep(dirname(home));
      return true;
    },

    async removeBefore(name, last) {
      const old = (await versions(name)).filter((version) => version < last);
      await Promise.all(old.map((version) => rm(pathOf(name, version), { force: true })));
    },

    remove: (name) => rm(join(folder, name), { recursive: true, force: true }),
  };
}

/** Waits until the names in a folder would outlive a crash of the machine, where the system can say so. */
async function keep(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows opens no folders.
  }
}
