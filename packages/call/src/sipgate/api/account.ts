// What an account has: user, devices, numbers, channels, balance. Reading only.
import { CallError } from "../../call/errors.js";
import type {
  AccountNumber,
  Balance,
  CallRestrictions,
  Channel,
  RequestOptions,
  User,
} from "../../call/telephony.js";
import type { ApiClient } from "./api-client.js";
import { decodeBalance, decodeCallRestrictions, decodeChannels, decodeNumbers, decodeUser } from "./wire.js";

export function readUser(api: ApiClient, options?: RequestOptions): Promise<User> {
  const request = {
    method: "GET",
    path: "/authorization/userinfo",
    purpose: "say who you are",
    scope: "all",
  } as const;
  return api.read(request, decodeUser, options);
}

const PAGE_SIZE = 100;
// Far beyond what an account has; a server whose pages never end would keep a program busy forever.
const MOST_PAGES = 1_000;
const MOST_NUMBERS = 100_000;

/**
 * All numbers, page by page. How many a page holds at most isn't known, so only a page with nothing new on it
 * counts as the end.
 *
 * @throws CallError if there is no end
 */
export async function readNumbers(api: ApiClient, options?: RequestOptions): Promise<AccountNumber[]> {
  const numbers = new Map<string, AccountNumber>();
  for (let pages = 0; pages < MOST_PAGES && numbers.size <= MOST_NUMBERS; pages += 1) {
    const path = `/numbers?offset=${numbers.size}&limit=${PAGE_SIZE}`;
    const request = { method: "GET", path, purpose: "list the numbers", scope: "numbers:read" } as const;
    const page = await api.read(request, decodeNumbers, options);
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

export function readChannels(api: ApiClient, options?: RequestOptions): Promise<Channel[]> {
  const request = {
    method: "GET",
    path: "/channels",
    purpose: "list the channels",
    scope: "channels:read",
    notFound: NEO_ONLY,
  } as const;
  return api.read(request, decodeChannels, options);
}

export function readBalance(api: ApiClient, options?: RequestOptions): Promise<Balance> {
  const request = {
    method: "GET",
    path: "/balance",
    purpose: "tell the balance",
    scope: "balance:read",
  } as const;
  return api.read(request, decodeBalance, options);
}

export function readRestrictions(api: ApiClient, options?: RequestOptions): Promise<CallRestrictions> {
  const request = {
    method: "GET",
    path: "/callrestrictions",
    purpose: "tell the call restrictions",
    scope: "callrestrictions:read",
  } as const;
  return api.read(request, decodeCallRestrictions, options);
}
