// Which calls of the ledger still run. sipgate lists established calls only, so a young call that isn't listed may ring.
import type { Client } from "sipgate-call";
import type { Ledger, LedgerEntry } from "./ledger.js";

/** A call that isn't answered by then has stopped ringing. */
const RINGING_MS = 180_000;
/** If nobody can see whether a call runs, it's taken to run for so long. */
const UNSEEN_MS = 3_600_000;
const LOOK_MS = 2_000;

/**
 * @param limit with fewer open calls than this, sipgate isn't asked
 * @returns how many of the calls run, or may
 */
export async function countRunning(
  client: Client,
  ledger: Ledger,
  calls: readonly LedgerEntry[],
  limit: number,
  now: Date,
): Promise<number> {
  const open = calls.filter(({ ended }) => ended !== true);
  if (open.length < limit) return open.length;
  const listed = await client.calls().then(
    (running) => new Set(running.map(({ callId }) => callId)),
    () => undefined,
  );
  const running = await Promise.all(
    open.map(async ({ callId, at }) => {
      const age = now.getTime() - at;
      if (callId === undefined) return age < RINGING_MS;
      if (listed?.has(callId)) return true;
      if (await hasEnded(client, callId)) {
        ledger.ended(callId);
        return false;
      }
      return age < (listed === undefined ? UNSEEN_MS : RINGING_MS);
    }),
  );
  return running.filter(Boolean).length;
}

async function hasEnded(client: Client, callId: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(LOOK_MS);
    return (await client.call(callId).outcome({ signal })).state === "ended";
  } catch {
    return false; // It goes on, or it can't be read.
  }
}
