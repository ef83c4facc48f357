// The call that was placed last, for `redial` and `--call last`.
import type { CheckedCallRequest } from "../call/call-request.js";
import { isId } from "../call/text/id.js";
import { readState, writeState } from "../files/state-file.js";

export interface LastCall {
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

const NAME = "last-call";

/** If it can't be kept, the call isn't affected. */
export function keepLastCall(
  account: string,
  { caller, callee, callerId, deviceId }: CheckedCallRequest,
  callId?: string,
): void {
  const call: LastCall = { account, callId, caller, callee, callerId, deviceId, placedAt: Date.now() };
  writeState(NAME, call);
}

export function readLastCall(): LastCall | undefined {
  const kept = readState(NAME);
  if (typeof kept !== "object" || kept === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...kept };
  const { account, callId, caller, callee, placedAt } = fields;
  if (typeof account !== "string" || typeof caller !== "string" || typeof callee !== "string")
    return undefined;
  if (typeof placedAt !== "number") return undefined;
  return {
    account,
    callId: isId(callId) ? callId : undefined,
    caller,
    callee,
    callerId: textOf(fields.callerId),
    deviceId: textOf(fields.deviceId),
    placedAt,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
