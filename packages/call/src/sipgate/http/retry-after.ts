import type { Clock } from "../../call/clock.js";
import type { HttpResponse } from "./http.js";

/**
 * Milliseconds to wait before the next request, if the response says so. Its `Retry-After` header holds
 * seconds, or a date by the responding server's clock. That clock's time is in `Date`, and ours may be wrong.
 */
export function retryAfterMs({ retryAfter, date }: HttpResponse, clock: Clock): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  const until = Date.parse(retryAfter);
  if (Number.isNaN(until)) return undefined;
  const now = Date.parse(date ?? "");
  return Math.max(0, until - (Number.isNaN(now) ? clock.now().getTime() : now));
}
