import { CallError } from "../call/errors.js";
import type { Client } from "../sipgate/client.js";

// Milliseconds. The call is over: what may explain it is worth a short wait only.
const LIMIT = 5_000;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * What the list of devices says of the phone that should have rung first, as a sentence. It's how the phone is now,
 * which need not be how it was; and how fresh sipgate's word for it is, isn't known.
 */
export async function lookAtOwnPhone(client: Client, caller: string): Promise<string | undefined> {
  // Whoever can't wait has read the outcome already, and it stays what it is.
  const impatient = new AbortController();
  const giveUp = () => impatient.abort();
  for (const signal of SIGNALS) process.once(signal, giveUp);
  try {
    const signal = AbortSignal.any([impatient.signal, AbortSignal.timeout(LIMIT)]);
    const devices = await client.devices({ signal });
    const phone = devices.find(({ id }) => id === caller);
    if (phone?.online === false) return `Your phone ${caller} is offline now: it probably never rang.`;
    if (phone?.dnd === true) return `Your phone ${caller} is on do-not-disturb now: it probably never rang.`;
    return phone?.online === true ? `Your phone ${caller} is online now.` : undefined;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (impatient.signal.aborted) return undefined;
    return `Whether your own phone is online couldn't be read (${error.code}); look yourself: sipgate-call devices.`;
  } finally {
    for (const signal of SIGNALS) process.off(signal, giveUp);
  }
}
