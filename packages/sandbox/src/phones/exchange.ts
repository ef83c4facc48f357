import type { Account, User } from "../accounts/account.js";
import type { CallRequest } from "../switch/call.js";
import type { Switch } from "../switch/switch.js";
import type { AddedDevices } from "./added-devices.js";
import type { Device } from "./devices.js";
import type { Phone } from "./phone.js";
import type { PhoneBook } from "./phone-book.js";
import type { Exchange, Extension } from "./registrar.js";
import { deviceOfUsername, sipCredentialsOf } from "./sip-credentials.js";

interface Parts {
  readonly switch: Switch;
  readonly phones: PhoneBook;
  readonly addedDevices: AddedDevices;
}

const DEVICE_ID = /^e(?:0|[1-9]\d*)$/i;
const E164 = /^\+[1-9]\d{2,14}$/;

/** What registered phones may do in the sandbox: prove who they are, and begin calls. */
export function createExchange({ switch: telephony, phones, addedDevices }: Parts): Exchange {
  const accountsOf = new Map<string, Account>();

  function credentialsOf(username: string): ReturnType<Exchange["credentialsOf"]> {
    const found = deviceOfUsername(username);
    if (found === undefined) return undefined;
    const account = addedDevices.addedTo(found.account);
    if (owned(account, found.deviceId)?.device.type !== "REGISTER") return undefined;
    accountsOf.set(account.name, found.account);
    const { password } = sipCredentialsOf(account, found.deviceId);
    return { extension: { account: account.name, deviceId: found.deviceId }, password };
  }

  /** Whom a phone calls, by what was dialled there. */
  function calleeOf(
    account: Account,
    dialled: string,
  ): Pick<CallRequest, "callee" | "calleePhones"> | undefined {
    const text = dialled.replaceAll(/[\s()/.-]/g, "");
    if (DEVICE_ID.test(text)) {
      const id = text.toLowerCase();
      const device = owned(account, id)?.device;
      return device === undefined
        ? undefined
        : { callee: id, calleePhones: phones.ofDevice(account, device) };
    }
    const number = text.replace(/^00/, "+").replace(/^0/, "+49");
    return E164.test(number) ? { callee: number, calleePhones: phones.ofNumber(account, number) } : undefined;
  }

  return {
    credentialsOf,
    dial(phone, extension, dialled, phoneCall) {
      const account = accountOf(extension);
      const caller = account === undefined ? undefined : owned(account, extension.deviceId);
      const callee = account === undefined ? undefined : calleeOf(account, dialled);
      if (account === undefined || caller === undefined || callee === undefined) return undefined;
      const request = requestOf(account, caller.user, phone, extension);
      const { call, report } = telephony.dial({ ...request, ...callee }, phone, phoneCall);
      return { callId: call.id, report };
    },
  };

  function accountOf({ account }: Extension): Account | undefined {
    const found = accountsOf.get(account);
    return found === undefined ? undefined : addedDevices.addedTo(found);
  }
}

function owned(account: Account, deviceId: string): { user: User; device: Device } | undefined {
  for (const user of account.users) {
    const device = user.devices.find(({ id }) => id === deviceId);
    if (device !== undefined) return { user, device };
  }
  return undefined;
}

function requestOf(
  account: Account,
  user: User,
  phone: Phone,
  { deviceId }: Extension,
): Omit<CallRequest, "callee" | "calleePhones"> {
  return {
    platform: account.platform,
    account: account.name,
    masterSipId: account.masterSipId,
    userId: user.id,
    caller: deviceId,
    callerNumber: user.number,
    callerPhones: [phone],
    callerIdShown: user.number,
    deviceId,
    channelId: undefined,
  };
}
