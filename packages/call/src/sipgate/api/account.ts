// What an account has: user, numbers, contacts, channels, balance. Reading only.
import type {
  AccountNumber,
  Balance,
  CallRestrictions,
  Channel,
  Contact,
  RequestOptions,
  User,
} from "../../call/telephony.js";
import type { HttpResponse } from "../http/http.js";
import type { ApiClient } from "./api-client.js";
import { readWholeList } from "./whole-list.js";
import {
  decodeBalance,
  decodeCallRestrictions,
  decodeChannels,
  decodeContacts,
  decodeNumbers,
  decodeUser,
} from "./wire.js";

export function readUser(api: ApiClient, options?: RequestOptions): Promise<User> {
  const request = {
    method: "GET",
    path: "/authorization/userinfo",
    purpose: "say who you are",
    scope: "all",
  } as const;
  return api.read(request, decodeUser, options);
}

/** All numbers of the account. @throws CallError if there is no end */
export function readNumbers(api: ApiClient, options?: RequestOptions): Promise<AccountNumber[]> {
  const numbers = {
    path: "/numbers",
    what: "numbers",
    purpose: "list the numbers",
    scope: "numbers:read",
    pageSize: 100,
    decode: decodeNumbers,
  };
  return readWholeList(api, numbers, options);
}

/** All contacts that you see. @throws CallError if there is no end */
export function readContacts(api: ApiClient, options?: RequestOptions): Promise<Contact[]> {
  const contacts = {
    path: "/contacts",
    what: "contacts",
    purpose: "list the contacts",
    scope: "contacts:read",
    // An entry may hold a picture.
    pageSize: 200,
    decode: decodeContacts,
  };
  return readWholeList(api, contacts, options);
}

// Reported: /channels answers on neo only.
const NEO_ONLY = {
  code: "not-found",
  message: "Channels exist on sipgate's neo platform only, and this account seems to be classic",
  remedy: "On classic a call needs no channel. If the account is neo, check the base URL.",
} as const;

const CHANNELS = {
  method: "GET",
  path: "/channels",
  purpose: "list the channels",
  scope: "channels:read",
  notFound: NEO_ONLY,
} as const;

/** The response for the channels, whatever it is: it also tells the platform. */
export function requestChannels(api: ApiClient, options?: RequestOptions): Promise<HttpResponse> {
  return api.send(CHANNELS, options);
}

/** @throws CallError if the response holds none */
export function channelsIn(api: ApiClient, response: HttpResponse): Channel[] {
  return api.judge(CHANNELS, response, decodeChannels);
}

export async function readChannels(api: ApiClient, options?: RequestOptions): Promise<Channel[]> {
  return channelsIn(api, await requestChannels(api, options));
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
