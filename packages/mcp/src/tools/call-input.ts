// What the tools take to describe a call, and the request that it means.
import type { CallRequest } from "sipgate-call";
import { z } from "zod";
import type { Connection } from "../connection.js";

export const CALL_FIELDS = {
  callee: z
    .string()
    .max(64)
    .describe("The phone number to call, as people write it: +49 30 23125 000 or 030/23125-000"),
  caller: z
    .string()
    .max(64)
    .optional()
    .describe(
      "The person's phone that rings first: an extension from list_phones, such as e0. Left out: the usual one",
    ),
  callerId: z
    .string()
    .max(64)
    .optional()
    .describe("The number that the callee sees. Left out: the usual one"),
  deviceId: z
    .string()
    .max(16)
    .optional()
    .describe("The extension that is billed; needed only if caller is a phone number"),
};

interface CallInput {
  readonly callee: string;
  readonly caller?: string | undefined;
  readonly callerId?: string | undefined;
  readonly deviceId?: string | undefined;
}

/** With the usual phone and number of this account. What is missing then, the library names. */
export function requestOf(input: CallInput, connection: Connection): CallRequest {
  const caller = input.caller ?? connection.caller ?? connection.deviceId;
  const callerId = input.callerId ?? connection.callerId;
  const deviceId = input.deviceId ?? connection.deviceId;
  const { callee } = input;
  return {
    callee,
    ...(caller === undefined ? {} : { caller }),
    ...(callerId === undefined ? {} : { callerId }),
    ...(deviceId === undefined ? {} : { deviceId }),
  } as CallRequest;
}
