// User, devices, numbers, balance, restrictions, groups, channels.
import { createHash } from "node:crypto";
import type { Device, Tenant } from "../accounts/tenant.js";
import { CLASSIC_ON_NEO_PATHS, REQUIRES_CLASSIC } from "../guesses.js";
import { type Exchange, json, type Reply, refuse } from "./exchange.js";

export function userinfo({ account: { tenant } }: Exchange): Reply {
  const { user, domain, masterSipId } = tenant;
  return json({ sub: user, domain, masterSipId, locale: "de_DE" });
}

/** `type` (neo) narrows the list; `all` is the default here. Which default sipgate has isn't known. */
export function listDevices({ account: { tenant }, path, query }: Exchange): Reply {
  if (path.userId !== tenant.user) return refuse(403, "You are not allowed to see this user");
  const type = (query.get("type") ?? "all").toUpperCase();
  const chosen = tenant.devices.filter((device) => type === "ALL" || device.type === type);
  return json({ items: chosen.map((device) => shownDevice(tenant, device)) });
}

/** The newer list has the SIP credentials under another name (reported). */
export function listDevicesV3({ account: { tenant }, query }: Exchange): Reply {
  if (query.get("userId") !== tenant.user) return refuse(403, "You are not allowed to see this user");
  const items = tenant.devices.map((device) => {
    const { credentials, ...rest } = shownDevice(tenant, device);
    return credentials === undefined ? rest : { ...rest, sipCredentials: credentials };
  });
  return json({ items });
}

export function showDevice({ account: { tenant }, path }: Exchange): Reply {
  const device = tenant.devices.find(({ id }) => id === path.deviceId);
  return device === undefined ? refuse(404, "Device not found") : json(shownDevice(tenant, device));
}

export function showCallerId({ account: { tenant }, path }: Exchange): Reply {
  const device = tenant.devices.find(({ id }) => id === path.deviceId);
  return device === undefined ? refuse(404, "Device not found") : json({ value: device.number });
}

interface ShownDevice {
  id: string;
  alias: string;
  type: Device["type"];
  online: boolean;
  dnd: boolean;
  activePhonelines: { id: string; alias: string }[];
  activeGroups: never[];
  credentials?: Record<string, string>;
  registered?: { userAgent: string; ip: string; port: string }[];
}

function shownDevice(tenant: Tenant, { id, alias, type, online, dnd }: Device): ShownDevice {
  const phoneline = id === "e0" && tenant.platform === "classic" ? [{ id: "p0", alias: "Phone line" }] : [];
  const shown: ShownDevice = { id, alias, type, online, dnd, activePhonelines: phoneline, activeGroups: [] };
  if (type !== "REGISTER") return shown;
  return { ...shown, credentials: sipCredentials(tenant, id), registered: online ? [REGISTRATION] : [] };
}

// From the range kept for documentation (RFC 5737).
const REGISTRATION = { userAgent: "Sandbox phone", ip: "192.0.2.10", port: "5060" };

/** Made up, and always the same: clients have to prove that they keep them to themselves. */
function sipCredentials({ masterSipId, domain }: Tenant, id: string): Record<string, string> {
  return {
    username: `${masterSipId}${id}`,
    password: createHash("sha256").update(`${masterSipId}${id}`).digest("base64url").slice(0, 16),
    sipServer: domain,
    outboundProxy: `proxy.${domain}`,
    sipServerWebsocketUrl: `wss://${domain}`,
  };
}

export function listNumbers({ account: { tenant }, query }: Exchange): Reply {
  const offset = wholeNumber(query, "offset", 0);
  const limit = wholeNumber(query, "limit", tenant.numbers.length);
  if (offset === undefined || limit === undefined)
    return refuse(400, "offset and limit must be whole numbers");
  const items = tenant.numbers.slice(offset, offset + limit).map(({ id, number, localized, type }) => ({
    id,
    number,
    localized,
    type,
    endpointId: "p0",
    endpointAlias: "Phone line",
    endpointUrl: `https://api.sipgate.com/v2/${tenant.user}/phonelines/p0`,
  }));
  return json({ items });
}

/** A whole number of the query, the default where it's absent, undefined where it's something else. */
export function wholeNumber(query: URLSearchParams, name: string, fallback: number): number | undefined {
  const text = query.get(name);
  if (text === null) return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

export function showBalance({ account: { tenant, hasMoney } }: Exchange): Reply {
  return json({ amount: hasMoney ? tenant.balance : 0, currency: "EUR" });
}

export function showRestrictions({ account: { tenant }, query }: Exchange): Reply {
  const users = query.getAll("userIds");
  if (users.some((user) => user !== tenant.user)) return refuse(404, "User not found");
  const free = { foreignSpecial: false, charged: false, roaming: false, highCostForeignNumbers: false };
  return json({ userId: tenant.user, ...free });
}

/** Integrations take this for the probe of the platform (reported). */
export function listGroups({ account: { tenant } }: Exchange): Reply {
  return tenant.platform === "neo" ? refuse(403, REQUIRES_CLASSIC) : json({ items: [] });
}

export function listChannels({ account: { tenant } }: Exchange): Reply {
  if (tenant.platform === "classic") return refuse(CLASSIC_ON_NEO_PATHS, "Not found");
  const items = tenant.channels.map(({ id, name, deviceIds }) => ({
    id,
    name,
    users: [{ id: tenant.user, deviceIds }],
  }));
  return json({ items });
}
