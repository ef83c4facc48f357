// What neo asks of a call.
import { type CheckedCallRequest, isExtension } from "../../call/call-request.js";
import { InvalidRequestError, type Problem } from "../../call/errors.js";
import type { Extension } from "../../call/extension.js";

/** The device that calls. @throws InvalidRequestError if neo can't carry the call */
export function callingDevice(request: CheckedCallRequest): Extension {
  const { caller } = request;
  const problem = refusedByNeo(request);
  if (problem !== undefined || !isExtension(caller))
    throw new InvalidRequestError([problem ?? onlyDevicesCall(undefined)]);
  return caller;
}

/** Why neo can't carry a call: only a device can place one, and it's the one that is billed. */
export function refusedByNeo({ caller, deviceId }: CheckedCallRequest): Problem | undefined {
  if (!isExtension(caller)) return onlyDevicesCall(deviceId);
  return deviceId === undefined || deviceId === caller ? undefined : onlyOneDevice(caller);
}

/** What to say of a device that no channel holds. */
export function notInChannel(device: Extension): { readonly message: string; readonly remedy: string } {
  return {
    message: `No channel of yours holds ${device}: it may never ring.`,
    remedy: "Add the device to a channel at https://app.sipgate.com.",
  };
}

function onlyDevicesCall(deviceId: Extension | undefined): Problem {
  return {
    field: "caller",
    code: "number-on-neo",
    message: "On sipgate's neo platform only a device can place a call, not a phone number.",
    remedy: `Give an extension as the caller, such as ${deviceId ?? "e0"}.`,
  };
}

function onlyOneDevice(caller: Extension): Problem {
  return {
    field: "deviceId",
    code: "other-device-on-neo",
    message: `On sipgate's neo platform the calling device (${caller}) is the one that is billed.`,
    remedy: "Leave the device out, or give the same extension as the caller.",
  };
}
