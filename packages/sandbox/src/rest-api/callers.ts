import type { Account, RingGroup, User } from "../accounts/account.js";
import { Problem } from "../http/problem.js";
import type { Endpoint } from "../phones/behaviour.js";
import { behaviourOfNumber } from "../phones/callees.js";
import type { Device } from "../phones/devices.js";

const EXTENSION = /^[epxy](?:0|[1-9]\d*)$/;

export function isExtension(text: string): boolean {
  return EXTENSION.test(text);
}

/** This user's device; 403 if there is none, or if it is somebody else's. */
export function ownDevice(user: User, deviceId: string): Device {
  const device = user.devices.find(({ id }) => id === deviceId);
  if (device === undefined) throw new Problem(403, "This device is not one of this user's.");
  return device;
}

/** The phones that ring for an extension of this user: one device, or all devices of a phoneline. */
export function endpointsOfExtension(account: Account, user: User, extension: string): readonly Endpoint[] {
  const line = user.phonelines.find(({ id }) => id === extension);
  return line === undefined ? [ownDevice(user, extension)] : endpointsOfGroup(account, line);
}

/** The phones that ring for a number: those it is routed to if it is the account's own, else the number itself. */
export function endpointsOfNumber(account: Account, number: string): readonly Endpoint[] {
  const routings = [...account.users.flatMap(({ phonelines }) => phonelines), ...account.groups];
  const group = routings.find((routing) => routing.number === number);
  return group === undefined
    ? [{ id: number, behaviour: behaviourOfNumber(number) }]
    : endpointsOfGroup(account, group);
}

function endpointsOfGroup(account: Account, group: RingGroup): readonly Endpoint[] {
  const devices = account.users.flatMap((user) => user.devices);
  return group.deviceIds.flatMap((deviceId) => devices.filter(({ id }) => id === deviceId));
}
