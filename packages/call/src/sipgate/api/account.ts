// What an account has: user, devices, numbers, channels, balance. Reading only.
import { CallError } from "../../call/errors.js";
import type {
  AccountNumber,
  Balance,
  CallRestrictions,
  Channel,
  Device,
  Platform,
  RequestOptions,
  User,
} from "../../call/telephony.js";
import { allDevicesPath } from "../platform/neo-assumptions.js";
import type { Rest } from "./api-client.js";
import {
  decodeBalance,
  decodeCallRestrictions,
  decodeChannels,
  decodeDevices,
  decodeNumbers,
  decodeUser,
} from "./wire.js";

export function readUser(rest: Rest, options?: RequestOptions): Promise<User> {
  const request = {
    method: "GET",
    path: "/authorization/userinfo",
    purpose: "say who you are",
    scope: "all",
  } as const;
  return rest.read(request, decodeUser, options);
}

export function readDevices(
  rest: Rest,
  userId: string,
  platform: Platform | undefined,
  options?: RequestOptions,
): Promise<Device[]> {
  const devices = `/${encodeURIComponent(userId)}/devices`;
  const path = platform === "neo" ? allDevicesPath(devices) : devices;
  return rest.read(
    { method: "GET", path, purpose: "list the devices", scope: "devices:read" },
    decodeDevices,
    options,
  );
}

const PAGE_SIZE = 100;
// Far beyond what an account has; a server whose pages never end would keep a program busy forever.
const MOST_PAGES = 1_000;
const MOST_NUMBERS = 100_000;

/**
 * All numbers, page by page. How many a page holds at most isn't known, so that only a page with nothing new on it
 * is taken for the end.
 *
 * @throws CallError where there is no end
 */
export async function readNumbers(rest: Rest, options?: RequestOptions): Promise<AccountNumber[]> {
  const numbers = new Map<string, AccountNumber>();
  for (let pages = 0; pages < MOST_PAGES && numbers.size <= MOST_NUMBERS; pages += 1) {
    const path = `/numbers?offset=${numbers.size}&limit=${PAGE_SIZE}`;
    const request = { method: "GET", path, purpose: "list the numbers", scope: "numbers:read" } as const;
    const page = await rest.read(request, decodeNumbers, options);
    const before = numbers.size;
    for (const number of page) numbers.set(number.id, number);
    if (numbers.size === before) return [...numbers.values()];
  }
  throw endless(numbers.size);
}

function endless(read: number): CallError {
  const message = `The list of numbers doesn't end: ${read} were read, and there was always another page.`;
  const remedy = "Check the base URL: sipgate's is https://api.sipgate.com/v2.";
  return new CallError("unexpected-answer", message, { remedy, placed: "no" });
}

// Reported: /channels answers on neo only.
const NEO_ONLY = {
  code: "not-found",
  message: "Channels exist on sipgate's neo platform only, and this account seems to be classic",
  remedy: "On classic a call needs no channel. If the account is neo, check the base URL.",
} as const;

export function readChannels(rest: Rest, options?: RequestOptions): Promise<Channel[]> {
  const request = {
    method: "GET",
    path: "/channels",
    purpose: "list the channels",
    scope: "channels:read",
    notFound: NEO_ONLY,
  } as const;
  return rest.read(request, decodeChannels, options);
}

export function readBalance(rest: Rest, options?: RequestOptions): Promise<Balance> {
  const request = {
    method: "GET",
    path: "/balance",
    purpose: "tell the balance",
    scope: "balance:read",
  } as const;
  return rest.read(request, decodeBalance, options);
}

export function readRestrictions(rest: Rest, options?: RequestOptions): Promise<CallRestrictions> {
  const request = {
    method: "GET",
    path: "/callrestrictions",
    purpose: "tell the call restrictions",
    scope: "callrestrictions:read",
  } as const;
  return rest.read(request, decodeCallRestrictions, options);
}
