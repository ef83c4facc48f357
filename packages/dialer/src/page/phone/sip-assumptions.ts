// What is assumed about how sipgate rings a phone for a call that was asked for. Not known: what it shows in From. The
// sandbox shows the other party's number there; integrations report the caller's own number, too.

/** How long after the click our own phone may be rung for it, in milliseconds. */
export const RINGS_WITHIN_MS = 20_000;

/**
 * Whether an INVITE may be the one for a call that was asked for.
 *
 * @param from the user part of From
 * @param numbers E.164 of the other party and of what it's shown
 */
export function mayBeOurs(from: string, numbers: readonly string[]): boolean {
  const digits = from.replace(/\D/g, "").replace(/^0+/, "");
  // Numbers come with and without the country's code.
  return digits.length >= 5 && numbers.some((number) => number.replace(/\D/g, "").endsWith(digits));
}
