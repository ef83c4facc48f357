import type { Account, Channel, User } from "../accounts/account.js";
import { INSUFFICIENT_FUNDS, INVALID_INVITABLE_DEVICE } from "../assumptions.js";
import { decodeFields } from "../http/decode-fields.js";
import { Problem } from "../http/problem.js";
import { ok } from "../http/response.js";
import type { Device } from "../phones/devices.js";
import type { CallRequest } from "../switch/call.js";
import { ownDevice } from "./callers.js";
import { checkTargetNumber } from "./numbers-in-requests.js";
import type { ApiRequest, Operation } from "./operation.js";

const FIELDS = {
  deviceId: "text",
  targetNumber: "text",
  callerId: "optional text",
  channelId: "optional text",
} as const;

const NEO_EXTENSION = /^[aepxy](?:0|[1-9]\d*)$/;

/** neo: calls a number with one of this user's devices. */
export const placeNeoCall: Operation = {
  method: "POST",
  path: "/v2/calls",
  scopes: ["rtcm:write"],
  platform: "neo",
  handle(request) {
    const callRequest = callRequestFrom(request);
    if (request.account.balance <= 0) throw new Problem(402, INSUFFICIENT_FUNDS);
    return ok({ [request.account.callIdName]: request.switch.place(callRequest).id });
  },
};

function callRequestFrom(request: ApiRequest): CallRequest {
  const { deviceId, targetNumber, callerId, channelId } = decodeFields(request, FIELDS);
  const { account, user, phones } = request;
  const callee = targetFrom(account, targetNumber);
  const shown = callerId === undefined ? undefined : checkTargetNumber("callerId", callerId);
  const device = deviceFrom(user, deviceId);
  const channel =
    channelId === undefined ? defaultChannel(account, user, device) : givenChannel(account, user, channelId);
  return {
    platform: "neo",
    account: account.name,
    masterSipId: account.masterSipId,
    userId: user.id,
    caller: deviceId,
    callerNumber: user.number,
    // Without a channel the call is accepted, but nothing rings [reported].
    callerPhones: channel === undefined ? [] : phones.ofDevice(account, device),
    callee,
    calleePhones: phones.ofNumber(account, callee),
    callerIdShown: shown ?? user.number,
    deviceId,
    channelId: channel?.id,
  };
}

function targetFrom(account: Account, targetNumber: string): string {
  if (!account.refusesPlus) return checkTargetNumber("targetNumber", targetNumber);
  if (targetNumber.startsWith("+")) {
    throw new Problem(400, "targetNumber must not start with a plus sign.", { pointer: "/targetNumber" });
  }
  return checkTargetNumber("targetNumber", targetNumber);
}

function deviceFrom(user: User, deviceId: string): Device {
  if (!NEO_EXTENSION.test(deviceId)) {
    throw new Problem(400, "deviceId is not a valid extension.", { pointer: "/deviceId" });
  }
  const device = ownDevice(user, deviceId);
  if (device.type === "MOBILE") throw new Problem(400, INVALID_INVITABLE_DEVICE, { pointer: "/deviceId" });
  return device;
}

function defaultChannel(account: Account, user: User, device: Device): Channel | undefined {
  return account.channels.find(({ users }) =>
    users.some(({ id, deviceIds }) => id === user.id && deviceIds.includes(device.id)),
  );
}

function givenChannel(account: Account, user: User, channelId: string): Channel {
  const channel = account.channels.find(({ id }) => id === channelId);
  if (channel?.users.some(({ id }) => id === user.id)) return channel;
  throw new Problem(400, "channelId is not one of this user's channels.", { pointer: "/channelId" });
}
