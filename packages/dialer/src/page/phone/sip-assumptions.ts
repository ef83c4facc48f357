// What is assumed about sipgate's SIP. Nothing of it is published.
import type { KeptCall } from "./kept-calls.js";

/** How long after the click our own phone may be rung for it, in milliseconds. */
export const RINGS_WITHIN_MS = 20_000;

/**
 * Whether an INVITE may be the one for a call that was asked for. Not known: what From shows. The sandbox shows the other
 * party's number there; integrations report the caller's own number, too.
 *
 * @param from the user part of From
 * @param numbers E.164 of the other party and of what it's shown
 */
export function mayBeOurs(from: string, numbers: readonly string[]): boolean {
  const digits = from.replace(/\D/g, "").replace(/^0+/, "");
  // Numbers come with and without the country's code.
  return digits.length >= 5 && numbers.some((number) => number.replace(/\D/g, "").endsWith(digits));
}

/**
 * What an INVITE says that takes a call up again (RFC 3891). Not known: whether sipgate understands it. It's
 * required, so a phone that doesn't understand it refuses: else it would be a new call. Nor is it known how long sipgate lets a call
 * stand whose phone is gone.
 */
export const headersToTakeUp = ({ sipCallId, ownTag, otherTag }: KeptCall): string[] => [
  "Require: replaces",
  `Replaces: ${sipCallId};to-tag=${otherTag};from-tag=${ownTag}`,
];
