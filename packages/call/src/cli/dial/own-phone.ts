import { CallError } from "../../call/errors.js";
import type { Client } from "../../client/client.js";

/** The call is over: its explanation is worth only a short wait. */
const LIMIT_MS = 5_000;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** The state of the user's own phone, as a sentence, and whether it explains why the call failed. */
export interface OwnPhone {
  readonly text: string;
  readonly explains: boolean;
}

/**
 * What the list of devices says about the phone that should have rung first, if anything. That is the phone's state now,
 * not during the call. How current sipgate's information is isn't known.
 */
export async function lookAtOwnPhone(client: Client, caller: string): Promise<OwnPhone | undefined> {
  // The outcome has been shown already: Ctrl-C ends the wait and changes nothing.
  const impatient = new AbortController();
  const giveUp = () => impatient.abort();
  for (const signal of SIGNALS) process.once(signal, giveUp);
  try {
    const signal = AbortSignal.any([impatient.signal, AbortSignal.timeout(LIMIT_MS)]);
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
    const text = `Couldn't check whether your own phone is online (${error.code}). Try \`sipgate-call devices\`.`;
    return { text, explains: false };
  } finally {
    for (const signal of SIGNALS) process.off(signal, giveUp);
  }
}
