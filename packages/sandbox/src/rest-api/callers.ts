import type { Account, RingGroup, User } from "../accounts/account.js";
import { Problem } from "../http/problem.js";
import type { Device } from "../phones/devices.js";
import type { Phone } from "../phones/phone.js";
import type { ApiRequest } from "./operation.js";

const EXTENSION = /^[epxy](?:0|[1-9]\d*)$/;

export function isExtension(text: string): boolean {
  return EXTENSION.test(text);
}

/** Returns this user's device. Throws a 403 if there is none, or if it's another user's. */
export function ownDevice(user: User, deviceId: string): Device {
  const device = user.devices.find(({ id }) => id === deviceId);
  if (device === undefined) throw new Problem(403, "This device is not one of this user's.");
  return device;
}

/** The phones to ring for an extension of this user: one device, or all devices of a phoneline. */
export function phonesOfExtension(
  { account, user, phones }: ApiRequest,
  extension: string,
): readonly Phone[] {
  const devices = devicesOfExtension(account, user, extension);
  return devices.flatMap((device) => phones.ofDevice(account, device));
}

/** The phones to ring for a number: the devices it's routed to if it's the account's own, else the number itself. */
export function phonesOfNumber({ account, phones }: ApiRequest, number: string): readonly Phone[] {
  const routings = [...account.users.flatMap(({ phonelines }) => phonelines), ...account.groups];
  const group = routings.find((routing) => routing.number === number);
  if (group === undefined) return phones.ofNumber(account, number);
  return devicesOfGroup(account, group).flatMap((device) => phones.ofDevice(account, device));
}

/** Throws a 403 unless it's an extension of this user. */
export function devicesOfExtension(account: Account, user: User, extension: string): readonly Device[] {
  const line = user.phonelines.find(({ id }) => id === extension);
  return line === undefined ? [ownDevice(user, extension)] : devicesOfGroup(account, line);
}

function devicesOfGroup(account: Account, group: RingGroup): readonly Device[] {
  const devices = account.users.flatMap((user) => user.devices);
  return group.deviceIds.flatMap((deviceId) => devices.filter(({ id }) => id === deviceId));
}
