import type { CallOrder } from "./call.js";

/**
 * An id like sipgate's in kind: text that looks opaque but encodes the number, the SIP id and the owner [reported],
 * so it is personal data in logs. The exact encoding is made up.
 */
export function callIdFor(order: CallOrder, placedAt: number, sequence: number): string {
  const content = [order.callee, order.masterSipId, order.userId, placedAt, sequence].join("|");
  return Buffer.from(content).toString("base64url");
}
