// What neo requires of a call.
import { type CheckedCallRequest, isExtension } from "../../call/call-request.js";
import { InvalidRequestError, type Problem } from "../../call/errors.js";
import { type Extension, isMobilePhone } from "../../call/extension.js";

/** The device that calls. @throws InvalidRequestError if neo can't carry the call */
export function callingDevice(request: CheckedCallRequest): Extension {
  const judged = judge(request);
  if (typeof judged === "object") throw new InvalidRequestError([judged]);
  return judged;
}

/** Why neo can't carry a call, if it can't. */
export function refusedByNeo(request: CheckedCallRequest): Problem | undefined {
  const judged = judge(request);
  return typeof judged === "object" ? judged : undefined;
}

/** Only a device can place a call on neo, and that device is billed. */
function judge({ caller, deviceId }: CheckedCallRequest): Extension | Problem {
  if (!isExtension(caller)) return onlyDevicesCall(deviceId);
  return deviceId === undefined || deviceId === caller ? caller : onlyOneDevice(caller);
}

/** Whether neo refuses to call with a phone: it refuses mobile phones. */
export function refusesPhone({ id, type }: { readonly id: string; readonly type?: string }): boolean {
  return type === "MOBILE" || isMobilePhone(id);
}

/** What to say about a device that no channel holds. */
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
