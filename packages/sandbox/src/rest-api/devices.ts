import type { Account, RingGroup, User } from "../accounts/account.js";
import { LONGEST_ALIAS, NEO_DEVICE_TYPES } from "../assumptions.js";
import { decodeFields } from "../http/decode-fields.js";
import { Problem } from "../http/problem.js";
import { ok } from "../http/response.js";
import type { Device } from "../phones/devices.js";
import type { Registration } from "../phones/registrar.js";
import { sipCredentialsOf } from "../phones/sip-credentials.js";
import { ownDevice } from "./callers.js";
import type { ApiRequest, Operation } from "./operation.js";
import { thisUser } from "./users.js";

const listDevices: Operation = {
  method: "GET",
  path: "/v2/{userId}/devices",
  scopes: ["devices:read"],
  handle(request) {
    const { account, query, parameters } = request;
    const user = thisUser(request, parameters[0] ?? "");
    const types = account.platform === "neo" ? typesFrom(query) : undefined;
    const devices = user.devices.filter(({ type }) => types?.includes(type) ?? true);
    return ok({ items: devices.map((device) => deviceEntry(request, user, device, "credentials")) });
  },
};

const listDevicesV3: Operation = {
  method: "GET",
  path: "/v3/devices",
  scopes: ["devices:read"],
  handle(request) {
    const user = thisUser(request, request.query.get("userId") ?? request.user.id);
    return ok({
      items: user.devices.map((device) => deviceEntry(request, user, device, "sipCredentials")),
    });
  },
};

const getDevice: Operation = {
  method: "GET",
  path: "/v2/devices/{deviceId}",
  scopes: ["devices:read"],
  handle(request) {
    const { account, user, parameters } = request;
    return ok(deviceEntry(request, user, knownDevice(account, user, parameters[0] ?? ""), "credentials"));
  },
};

const getCallerId: Operation = {
  method: "GET",
  path: "/v2/devices/{deviceId}/callerid",
  scopes: ["devices:read", "devices:callerid:read"],
  handle({ account, user, parameters }) {
    knownDevice(account, user, parameters[0] ?? "");
    return ok({ value: user.number });
  },
};

const REGISTER_FIELDS = { alias: "text", owner: "text" } as const;

const registerDevice: Operation = {
  method: "POST",
  path: "/v3/devices/register",
  scopes: ["devices:write"],
  handle(request) {
    const { alias, owner } = decodeFields(request, REGISTER_FIELDS);
    if (alias.length > LONGEST_ALIAS) {
      throw new Problem(400, `alias must not have more than ${LONGEST_ALIAS} characters.`, {
        pointer: "/alias",
      });
    }
    const user = thisUser(request, owner);
    const device = request.addedDevices.add(request.account, user, alias);
    return ok(deviceEntry(request, user, device, "sipCredentials"));
  },
};

/** Throws a 404 for an unknown device, a 403 for another user's. */
function knownDevice(account: Account, user: User, deviceId: string): Device {
  const exists = account.users.some(({ devices }) => devices.some(({ id }) => id === deviceId));
  if (!exists) throw new Problem(404, "Device not found.");
  return ownDevice(user, deviceId);
}

function typesFrom(query: URLSearchParams): readonly string[] {
  const types = NEO_DEVICE_TYPES.get((query.get("type") ?? "all").toLowerCase());
  if (types !== undefined) return types;
  throw new Problem(400, `type must be one of ${[...NEO_DEVICE_TYPES.keys()].join(", ")}.`);
}

export function deviceEntry(
  { account, phones, sipAddresses }: ApiRequest,
  user: User,
  device: Device,
  secretsName: "credentials" | "sipCredentials",
): object {
  const { id, alias, type, dnd } = device;
  const registrations = phones.registrationsOf(account, device);
  return {
    id,
    alias,
    type,
    online: device.online || registrations.length > 0,
    dnd,
    activePhonelines: routedTo(user.phonelines, id),
    activeGroups: routedTo(account.groups, id),
    ...(type === "REGISTER"
      ? {
          [secretsName]: { ...sipCredentialsOf(account, id), ...sipAddresses() },
          registered: registrations.length > 0 ? registrations.map(registrationEntry) : simulated(device),
        }
      : {}),
  };
}

function routedTo(groups: readonly RingGroup[], deviceId: string): readonly object[] {
  return groups
    .filter(({ deviceIds }) => deviceIds.includes(deviceId))
    .map(({ id, alias }) => ({ id, alias }));
}

function registrationEntry({ userAgent, ip, port }: Registration): object {
  return { userAgent, ip, port: String(port) };
}

function simulated({ online }: Device): readonly object[] {
  return online ? [{ userAgent: "Sandbox phone", ip: "192.0.2.10", port: "5060" }] : [];
}

/** Devices and their caller IDs. */
export const deviceOperations: readonly Operation[] = [
  listDevices,
  listDevicesV3,
  getDevice,
  getCallerId,
  registerDevice,
];
