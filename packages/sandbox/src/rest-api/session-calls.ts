import { INSUFFICIENT_FUNDS } from "../assumptions.js";
import { decodeFields } from "../http/decode-fields.js";
import { Problem } from "../http/problem.js";
import { ok } from "../http/response.js";
import type { CallRequest } from "../switch/call.js";
import { devicesOfExtension, isExtension, phonesOfExtension, phonesOfNumber } from "./callers.js";
import { checkNumber } from "./numbers-in-requests.js";
import type { ApiRequest, Operation } from "./operation.js";

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
  handle(request) {
    const callRequest = callRequestFrom(request);
    if (request.account.balance <= 0) throw new Problem(402, INSUFFICIENT_FUNDS);
    return ok({ sessionId: request.switch.place(callRequest).id });
  },
};

function callRequestFrom(request: ApiRequest): CallRequest {
  const { account, user, phones } = request;
  const { caller, callee, callerId, deviceId } = decodeFields(request, FIELDS);
  const checkedCallee = checkNumber("callee", callee);
  const shown = callerId === undefined ? undefined : checkNumber("callerId", callerId);
  const callerSide = isExtension(caller)
    ? extensionCaller(request, caller, deviceId)
    : numberCaller(request, checkCallerNumber(caller), deviceId);
  return {
    ...callerSide,
    platform: "classic",
    account: account.name,
    masterSipId: account.masterSipId,
    userId: user.id,
    caller,
    callee: checkedCallee,
    calleePhones: phones.ofNumber(account, checkedCallee),
    callerIdShown: shown ?? user.number,
    deviceId,
    channelId: undefined,
  };
}

type CallerSide = Pick<CallRequest, "callerNumber" | "callerPhones">;

function extensionCaller(request: ApiRequest, caller: string, deviceId: string | undefined): CallerSide {
  if (deviceId !== undefined) checkDevice(request, deviceId);
  return { callerNumber: request.user.number, callerPhones: phonesOfExtension(request, caller) };
}

function numberCaller(request: ApiRequest, caller: string, deviceId: string | undefined): CallerSide {
  if (deviceId === undefined) {
    throw new Problem(400, "deviceId is required if caller is a phone number.", { pointer: "/deviceId" });
  }
  checkDevice(request, deviceId);
  return { callerNumber: caller, callerPhones: phonesOfNumber(request, caller) };
}

/** Checks the extension that is billed: a device or a phoneline of this user. */
function checkDevice({ account, user }: ApiRequest, deviceId: string): void {
  if (!isExtension(deviceId)) {
    throw new Problem(400, "deviceId is not a valid extension.", { pointer: "/deviceId" });
  }
  devicesOfExtension(account, user, deviceId);
}

function checkCallerNumber(caller: string): string {
  if (caller.startsWith("+") || /^\d+$/.test(caller)) return checkNumber("caller", caller);
  throw new Problem(400, "caller is neither an extension nor a phone number.", { pointer: "/caller" });
}
