// The latest calls that were placed from here: for `redial` and `--call last`, and to tell running calls apart, since
// sipgate lists neither when one began nor from which phone.
import type { CheckedCallRequest } from "../call/call-request.js";
import { isId } from "../call/text/id.js";
import { readState, writeState } from "../files/state-file.js";

export interface PlacedFromHere {
  /** Whose call it was: account and server. */
  readonly account: string;
  /** Absent if the response was lost. */
  readonly callId?: string | undefined;
  readonly caller: string;
  readonly callee: string;
  readonly callerId?: string | undefined;
  readonly deviceId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly placedAt: number;
}

const NAME = "placed-calls";
const MOST_KEPT = 50;

/** If it can't be kept, the call isn't affected. */
export function keepPlacedCall(
  account: string,
  { caller, callee, callerId, deviceId }: CheckedCallRequest,
  callId?: string,
): void {
  const call: PlacedFromHere = {
    account,
    callId,
    caller,
    callee,
    callerId,
    deviceId,
    placedAt: Date.now(),
  };
  writeState(NAME, [call, ...placedFromHere()].slice(0, MOST_KEPT));
}

/** Newest first. */
export function placedFromHere(): readonly PlacedFromHere[] {
  const kept = readState(NAME);
  return Array.isArray(kept) ? kept.flatMap(decoded) : [];
}

function decoded(value: unknown): PlacedFromHere[] {
  if (typeof value !== "object" || value === null) return [];
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { account, callId, caller, callee, placedAt } = fields;
  if (typeof account !== "string" || typeof caller !== "string" || typeof callee !== "string") return [];
  if (typeof placedAt !== "number") return [];
  return [
    {
      account,
      callId: isId(callId) ? callId : undefined,
      caller,
      callee,
      callerId: textOf(fields.callerId),
      deviceId: textOf(fields.deviceId),
      placedAt,
    },
  ];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
