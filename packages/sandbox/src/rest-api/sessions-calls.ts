// POST /sessions/calls: placing a call on the classic platform.
import type { Account } from "../accounts/accounts.js";
import { deviceOf, PHONE_LINES } from "../accounts/tenant.js";
import { REQUIRES_CLASSIC } from "../guesses.js";
import { behaviourOfNumber, type CallerBehaviour } from "../phones/callers.js";
import { type Exchange, json, type Reply, refuse } from "./exchange.js";
import { type Fields, textOf } from "./fields.js";
import { isE164, isEmergency, isExtension } from "./numbers-and-extensions.js";

export const PLACE_FIELDS: Fields = {
  caller: { type: "string", required: true },
  callee: { type: "string", required: true },
  callerId: { type: "string" },
  deviceId: { type: "string" },
};

export function placeOnClassic({ account, body, world }: Exchange): Reply {
  if (account.tenant.platform === "neo") return refuse(403, REQUIRES_CLASSIC);
  const caller = textOf(body, "caller") ?? "";
  const callee = textOf(body, "callee") ?? "";
  const callerId = textOf(body, "callerId");
  const deviceId = textOf(body, "deviceId");

  if (!isE164(callee) || isEmergency(callee))
    return refuse(400, "The callee is not a valid number", "/callee");
  if (callerId !== undefined && !isE164(callerId))
    return refuse(400, "The callerId is not a valid number", "/callerId");
  if (!isE164(caller) && !isExtension(caller))
    return refuse(400, "The caller is not a valid number or extension", "/caller");
  if (isEmergency(caller)) return refuse(400, "The caller is not a valid number or extension", "/caller");
  if (isE164(caller) && deviceId === undefined) {
    return refuse(400, "The deviceId is required if the caller is a phone number", "/deviceId");
  }
  const strange = [caller, deviceId].find(
    (extension) => extension !== undefined && !mayUse(account, extension),
  );
  if (strange !== undefined) return refuse(403, `You are not allowed to use ${strange}`);
  if (!account.hasMoney) return refuse(402, "Insufficient funds");

  const lender = deviceOf(account.tenant, deviceId ?? caller);
  const leg = callerLeg(account, caller);
  const call = world.switch.place({
    account,
    caller,
    callerNumber: leg.number,
    callee,
    // The number shown: callerId, else that of deviceId, else the caller's (the official library's README).
    callerId: callerId ?? lender?.number ?? leg.number,
    deviceId,
    channelId: undefined,
    behaviour: leg.behaviour,
  });
  return json({ sessionId: call.id });
}

/** What the caller's leg rings, and what that phone does. */
function callerLeg(account: Account, caller: string): { number: string; behaviour: CallerBehaviour } {
  const device = deviceOf(account.tenant, caller);
  if (device !== undefined) return { number: device.number, behaviour: device.behaviour };
  return { number: caller, behaviour: behaviourOfNumber(caller) };
}

/** A phone number may be anybody's; an extension has to be this user's. */
function mayUse({ tenant }: Account, extension: string): boolean {
  return isE164(extension) || PHONE_LINES.has(extension) || deviceOf(tenant, extension) !== undefined;
}
