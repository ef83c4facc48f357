// Intentions as files in a folder of the user's, without a server: one for each attempt under a key.
import { createHash } from "node:crypto";
import { link, readFile, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Intention, IntentionState, IntentionStore } from "../call/place/idempotency-store.js";
import { decodeIntention } from "./idempotency-json.js";
import { codeOf, namesIn, writeDraft } from "./private-files.js";
import { isOwnerAlive, thisOwner } from "./process-owner.js";

/**
 * Intentions in a folder, readable by its user only: they hold session ids, which encode phone numbers. Keys are
 * there as digests. Nothing is ever deleted, so that no key is forgotten.
 */
export function createIntentionFiles(folder: string): IntentionStore {
  const nameOf = (key: string, attempt: number) => `${digest(key)}.${attempt}.json`;
  const owner = thisOwner();

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
      const draft = await writeDraft(folder, JSON.stringify(intention));
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
      const draft = await writeDraft(folder, JSON.stringify({ ...intention, state }));
      await rename(draft, join(folder, nameOf(key, intention.attempt)));
    },
    isAlive: async (intention) => isOwnerAlive(intention.owner),
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
