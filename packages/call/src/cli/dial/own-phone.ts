import { CallError } from "../../call/errors.js";
import type { Client } from "../../client/client.js";

// Milliseconds. The call is over: what may explain it is worth a short wait only.
const LIMIT = 5_000;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** How the user's own phone is, as a sentence, and whether that explains why nothing came of the call. */
export interface OwnPhone {
  readonly text: string;
  readonly explains: boolean;
}

/**
 * What the list of devices says of the phone that should have rung first, if anything. It's how the phone is now,
 * which need not be how it was; and how fresh sipgate's word for it is, isn't known.
 */
export async function lookAtOwnPhone(client: Client, caller: string): Promise<OwnPhone | undefined> {
  // Whoever can't wait has read the outcome already, and it stays what it is.
  const impatient = new AbortController();
  const giveUp = () => impatient.abort();
  for (const signal of SIGNALS) process.once(signal, giveUp);
  try {
    const signal = AbortSignal.any([impatient.signal, AbortSignal.timeout(LIMIT)]);
    const devices = await client.devices({ signal });
    const phone = devices.find(({ id }) => id === caller.toLowerCase());
    const neverRang = (why: string) => ({
      text: `Your phone ${caller} is ${why} now: it probably never rang.`,
      explains: true,
    });
    if (phone?.online === false) return neverRang("offline");
    if (phone?.dnd === true) return neverRang("on do-not-disturb");
    return phone?.online === true
      ? { text: `Your phone ${caller} is online now.`, explains: false }
      : undefined;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (impatient.signal.aborted) return undefined;
    const text = `Whether your own phone is online couldn't be read (${error.code}): sipgate-call devices.`;
    return { text, explains: false };
  } finally {
    for (const signal of SIGNALS) process.off(signal, giveUp);
  }
}
