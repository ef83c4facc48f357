// POST /calls: placing a call on the neo platform.
import { deviceOf } from "../accounts/tenant.js";
import { CLASSIC_ON_NEO_PATHS } from "../guesses.js";
import { type Exchange, json, type Reply, refuse } from "./exchange.js";
import { type Fields, textOf } from "./fields.js";
import { isE164, isEmergency } from "./numbers-and-extensions.js";

export const NEO_PLACE_FIELDS: Fields = {
  deviceId: { type: "string", required: true },
  targetNumber: { type: "string", required: true },
  callerId: { type: "string" },
  channelId: { type: "string" },
};

export function placeOnNeo({ account, body, world }: Exchange): Reply {
  const { tenant } = account;
  if (tenant.platform === "classic") return refuse(CLASSIC_ON_NEO_PATHS, "Not found");
  const deviceId = textOf(body, "deviceId") ?? "";
  const target = textOf(body, "targetNumber") ?? "";
  const callerId = textOf(body, "callerId");
  const channelId = textOf(body, "channelId");

  const callee = target.startsWith("+") ? target : `+${target}`;
  const refusesPlus = target.startsWith("+") && !account.takesPlus;
  if (refusesPlus || !isE164(callee) || isEmergency(callee))
    return refuse(400, "Invalid target number", "/targetNumber");
  if (callerId !== undefined && !isE164(callerId)) return refuse(400, "Invalid caller id", "/callerId");
  const device = deviceOf(tenant, deviceId);
  if (device === undefined) return refuse(403, `You are not allowed to use ${deviceId}`);
  if (device.behaviour === "refused") return refuse(400, "Invalid invitable device", "/deviceId");
  const channel = tenant.channels.find(({ id }) => id === channelId);
  if (channelId !== undefined && channel === undefined) return refuse(400, "Unknown channel", "/channelId");
  if (!account.hasMoney) return refuse(402, "Insufficient funds");

  const call = world.switch.place({
    account,
    caller: deviceId,
    callerNumber: device.number,
    callee,
    callerId: callerId ?? device.number,
    deviceId,
    channelId,
    // Reported: without a channel, a device that has no default one gets a success and never rings. None here has.
    behaviour: channel?.deviceIds.includes(deviceId) ? device.behaviour : "offline",
  });
  return json({ [account.callIdField]: call.id });
}
