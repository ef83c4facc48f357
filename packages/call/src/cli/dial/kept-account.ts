// User and platform of an account, as found within the last hour: a dial that knows them needn't ask first. Nothing rests on
// them alone: they only say which of the phones to read, and in which way a platform is asked, and the responses show
// whether they were right.
import type { KnownAccount } from "../../client/dialing.js";
import { forgetState, readState, writeState } from "../../files/state-file.js";
import { digest } from "../digest.js";

const KEPT_MS = 3_600_000;

export interface KeptAccount {
  /** Undefined if nothing was kept within the last hour. */
  readonly known: KnownAccount | undefined;
  write(known: KnownAccount): void;
  forget(): void;
}

/** @param account as the connection identifies it. A file that can't be read or written is as good as none. */
export function keptAccount(account: string): KeptAccount {
  const name = `account-${digest(account)}`;
  return {
    known: decoded(readState(name)),
    write: (known) => void writeState(name, { ...known, at: Date.now() }),
    forget: () => void forgetState(name),
  };
}

/** Undefined if it's too old, by a clock that may have been set meanwhile. */
function decoded(kept: unknown): KnownAccount | undefined {
  const { userId, platform, at }: Partial<Record<string, unknown>> = Object(kept);
  const age = Date.now() - Number(at);
  if (!(age >= 0 && age <= KEPT_MS)) return undefined;
  if (typeof userId !== "string" || !/^\w{1,64}$/.test(userId)) return undefined;
  return platform === "classic" || platform === "neo" ? { userId, platform } : undefined;
}
