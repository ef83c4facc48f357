// On neo it isn't known whose phone rings first: a callee might answer and hear nobody. So only the agent's browser may be the
// phone there, and only while it's connected.
import type { Client } from "sipgate-call";

/**
 * Whether an agent may call with a phone. That the browser is connected is known from its page; that the phone is one that a
 * browser can be, and isn't offline, from sipgate.
 *
 * @param isBrowserReady whether the page says that its browser is this phone, and is registered
 */
export async function isPhoneAllowed(
  client: Client,
  caller: string,
  isBrowserReady: boolean,
): Promise<boolean> {
  if ((await client.platform()) !== "neo") return true;
  if (!isBrowserReady) return false;
  const [account, devices] = await Promise.all([client.sipAccount(caller), client.devices()]);
  return account !== undefined && devices.find(({ id }) => id === caller)?.online !== false;
}
