// Intentions as files in a folder of the user's, without a server: one for each attempt under a key.
import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Intention, IntentionState, IntentionStore } from "../call/intention.js";
import { decodeIntention } from "./intention-text.js";

/**
 * Intentions in a folder, readable by its user only: they hold session ids, which encode phone numbers. Keys are
 * there as digests. Nothing is ever deleted, so that no key is forgotten.
 */
export function createIntentionFiles(folder: string): IntentionStore {
  const nameOf = (key: string, attempt: number) => `${digest(key)}.${attempt}.json`;
  const owner = `${hostname()}:${process.pid}`;

  const latest = async (key: string): Promise<Intention | undefined> => {
    const prefix = `${digest(key)}.`;
    const attempts = (await namesIn(folder))
      .filter((name) => name.startsWith(prefix) && name.endsWith(".json"))
      .map((name) => Number(name.slice(prefix.length, -".json".length)));
    if (attempts.length === 0) return undefined;
    const attempt = Math.max(...attempts);
    return decodeIntention(await readFile(join(folder, nameOf(key, attempt)), "utf8"), attempt);
  };

  return {
    latest,
    async begin(key, attempt, request) {
      const intention: Intention = { attempt, request, owner, state: { kind: "begun" } };
      const draft = await writeDraft(folder, intention);
      try {
        await link(draft, join(folder, nameOf(key, attempt))); // Fails if it exists, and is there whole or not at all.
        return intention;
      } catch (error) {
        if (codeOf(error) === "EEXIST") return undefined;
        throw error;
      } finally {
        await unlink(draft);
      }
    },
    async update(key, intention, state: IntentionState) {
      const draft = await writeDraft(folder, { ...intention, state });
      await rename(draft, join(folder, nameOf(key, intention.attempt)));
    },
    async isAlive(intention) {
      const [host, pid] = [intention.owner.slice(0, intention.owner.lastIndexOf(":")), processOf(intention)];
      return host !== hostname() || isRunning(pid);
    },
  };
}

function processOf({ owner }: Intention): number {
  return Number(owner.slice(owner.lastIndexOf(":") + 1));
}

/** Signal 0 asks whether a process exists. One that belongs to somebody else does, too. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

/** Writes a file that nobody else looks at yet, and waits until it would outlive a crash of the machine. */
async function writeDraft(folder: string, intention: Intention): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${randomUUID()}.draft`);
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(JSON.stringify(intention));
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
