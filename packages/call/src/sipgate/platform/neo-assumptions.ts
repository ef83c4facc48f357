// Everything about the neo platform that isn't official, each with its source. Correct it here once the live
// service shows a fact.
import type { E164 } from "../../call/number/phone-number.js";
import type { Channel, Platform } from "../../call/telephony.js";

/** Fields that may hold a placed call's id. Reported by three integrations, each with a different name. */
export const CALL_ID_FIELDS = ["callId", "sessionId", "callSid"] as const;

/**
 * How `targetNumber` is written, in the order to try. Reported: one integration sends the plus and, only
 * after a 400 (so nothing was dialled), the digits alone; another was told to send no plus.
 */
export const TARGET_NUMBER_FORMS: readonly ((number: E164) => string)[] = [
  (number) => number,
  (number) => number.slice(1),
];

/**
 * The channel to call through, and whether it holds the device. Reported: without a `channelId`, a device
 * that has no default channel gets a success and never rings. So the request names the channel that holds the
 * device for this user, or else the user's first.
 */
export function chooseChannel(
  channels: readonly Channel[],
  userId: string,
  device: string,
): { readonly channel: Channel | undefined; readonly holdsDevice: boolean } {
  const ofUser = (channel: Channel) => channel.users.find((user) => user.id === userId);
  const holding = channels.find((channel) => ofUser(channel)?.deviceIds.includes(device));
  const channel = holding ?? channels.find((candidate) => ofUser(candidate) !== undefined);
  return { channel, holdsDevice: holding !== undefined };
}

/**
 * Whether the caller's phone rings first. On classic it does (sipgate's documentation); on neo that isn't
 * known.
 */
export function ringsCallerFirst(platform: Platform): boolean {
  return platform === "classic";
}

/** Lists all kinds of devices. sipgate's help page names the parameter; the list without it isn't known. */
export function allDevicesPath(path: string): string {
  return `${path}?type=all`;
}
