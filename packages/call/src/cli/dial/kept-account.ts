// User and platform of an account, as found within the last hour: a dial that knows them needn't ask first. Nothing rests on
// them alone: they only say which of the phones to read, and in which way a platform is asked, and the responses show
// whether they were right.
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { KnownAccount } from "../../client/client.js";
import { stateFolder } from "../../files/state-folder.js";
import { createVersionedFiles } from "../../files/versioned-files.js";
import { digest } from "./digest.js";

const KEPT_MS = 3_600_000;

export interface KeptAccount {
  /** Undefined if nothing was kept within the last hour. */
  readonly known: KnownAccount | undefined;
  write(known: KnownAccount): Promise<void>;
  forget(): void;
}

/** @param account as the connection identifies it. A file that can't be read or written is as good as none. */
export async function keptAccount(account: string): Promise<KeptAccount> {
  const name = digest(account);
  return {
    known: await quietly(async () => decoded((await files().read(name))?.text)),
    async write(known) {
      await quietly(() => write(name, JSON.stringify({ ...known, at: Date.now() })));
    },
    forget() {
      void quietly(async () => rmSync(join(stateFolder(FOLDER), name), { recursive: true, force: true }));
    },
  };
}

const FOLDER = "accounts";
const files = () => createVersionedFiles(stateFolder(FOLDER), { outlivesCrash: false });

async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  return work().catch(() => undefined);
}

async function write(name: string, text: string): Promise<void> {
  const { read, write, removeBefore } = files();
  const { version = 0 } = (await read(name)) ?? {};
  if (await write(name, version, text)) await removeBefore(name, version + 1);
}

/** Undefined if it's too old, by a clock that may have been set meanwhile. @throws SyntaxError if it isn't JSON */
function decoded(text: string | undefined): KnownAccount | undefined {
  const { userId, platform, at }: Partial<Record<string, unknown>> = Object(JSON.parse(text ?? "{}"));
  const age = Date.now() - Number(at);
  if (!(age >= 0 && age <= KEPT_MS)) return undefined;
  if (typeof userId !== "string" || !/^\w{1,64}$/.test(userId)) return undefined;
  return platform === "classic" || platform === "neo" ? { userId, platform } : undefined;
}
