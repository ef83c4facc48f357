import type { Account, User } from "../accounts/account.js";
import { INSUFFICIENT_FUNDS } from "../assumptions.js";
import { ok } from "../http/answer.js";
import { decodeFields } from "../http/decode-fields.js";
import { Problem } from "../http/problem.js";
import type { CallOrder } from "../switch/call.js";
import { endpointsOfExtension, endpointsOfNumber, isExtension } from "./callers.js";
import { checkNumber } from "./numbers-in-requests.js";
import type { Operation } from "./operation.js";

const FIELDS = {
  caller: "text",
  callee: "text",
  callerId: "optional text",
  deviceId: "optional text",
} as const;

/** classic: rings the caller, then the callee. */
export const placeSessionCall: Operation = {
  method: "POST",
  path: "/v2/sessions/calls",
  scopes: ["sessions:write", "sessions:calls:write"],
  platform: "classic",
  handle({ account, user, body, switch: telephony }) {
    const order = orderFrom(account, user, body);
    if (account.balance <= 0) throw new Problem(402, INSUFFICIENT_FUNDS);
    return ok({ sessionId: telephony.place(order).id });
  },
};

function orderFrom(account: Account, user: User, body: unknown): CallOrder {
  const { caller, callee, callerId, deviceId } = decodeFields(body, FIELDS);
  const checkedCallee = checkNumber("callee", callee);
  const shown = callerId === undefined ? undefined : checkNumber("callerId", callerId);
  const leg = isExtension(caller)
    ? extensionLeg(account, user, caller, deviceId)
    : numberLeg(account, user, checkCallerNumber(caller), deviceId);
  return {
    ...leg,
    platform: "classic",
    account: account.name,
    masterSipId: account.masterSipId,
    userId: user.id,
    caller,
    callee: checkedCallee,
    callerIdShown: shown ?? user.number,
    deviceId: deviceId ?? null,
    channelId: null,
  };
}

type CallerLeg = Pick<CallOrder, "callerNumber" | "callerEndpoints">;

function extensionLeg(account: Account, user: User, caller: string, deviceId: string | undefined): CallerLeg {
  if (deviceId !== undefined) checkDevice(account, user, deviceId);
  return { callerNumber: user.number, callerEndpoints: endpointsOfExtension(account, user, caller) };
}

function numberLeg(account: Account, user: User, caller: string, deviceId: string | undefined): CallerLeg {
  if (deviceId === undefined) {
    throw new Problem(400, "deviceId is required if caller is a phone number.", { pointer: "/deviceId" });
  }
  checkDevice(account, user, deviceId);
  return { callerNumber: caller, callerEndpoints: endpointsOfNumber(account, caller) };
}

/** The extension that is billed: a device or a phoneline of this user. */
function checkDevice(account: Account, user: User, deviceId: string): void {
  if (!isExtension(deviceId)) {
    throw new Problem(400, "deviceId is not a valid extension.", { pointer: "/deviceId" });
  }
  endpointsOfExtension(account, user, deviceId);
}

function checkCallerNumber(caller: string): string {
  if (caller.startsWith("+") || /^\d+$/.test(caller)) return checkNumber("caller", caller);
  throw new Problem(400, "caller is neither an extension nor a phone number.", { pointer: "/caller" });
}
