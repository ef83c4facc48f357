import type { CallRequest } from "./call.js";

/**
 * An id of the same kind as sipgate's: it looks opaque, but encodes the number, the SIP id and the owner [reported],
 * which makes it personal data in logs. The encoding is made up.
 */
export function callIdFor(request: CallRequest, placedAt: number, sequence: number): string {
  const content = [request.callee, request.masterSipId, request.userId, placedAt, sequence].join("|");
  return Buffer.from(content).toString("base64url");
}
