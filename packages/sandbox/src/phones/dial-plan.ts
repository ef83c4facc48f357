import type { Account, User } from "../accounts/account.js";
import { ACCOUNTS } from "../accounts/accounts.js";
import type { CallRequest } from "../switch/call.js";
import type { AddedDevices } from "./added-devices.js";
import type { Device } from "./devices.js";
import type { PhoneBook } from "./phone-book.js";

const DEVICE_ID = /^e(?:0|[1-9]\d*)$/i;
const E164 = /^\+[1-9]\d{2,14}$/;

/** Who is called, and the phones that ring there. */
export type Callee = Pick<CallRequest, "callee" | "calleePhones">;

/** Whom people mean by what they dial at a phone, and whose the devices are. */
export class DialPlan {
  readonly #phones: PhoneBook;
  readonly #addedDevices: AddedDevices;

  constructor(phones: PhoneBook, addedDevices: AddedDevices) {
    this.#phones = phones;
    this.#addedDevices = addedDevices;
  }

  /** An account with the devices that were added to it. */
  accountNamed(name: string): Account | undefined {
    const account = Object.values(ACCOUNTS).find((each) => each.name === name);
    return account === undefined ? undefined : this.#addedDevices.addedTo(account);
  }

  /** @param dialled a number as people write it, or an extension. `undefined` if nothing can be called like that */
  calleeOf(accountName: string, dialled: string): Callee | undefined {
    const account = this.accountNamed(accountName);
    if (account === undefined) return undefined;
    const text = dialled.replaceAll(/[\s()/.-]/g, "");
    if (DEVICE_ID.test(text)) {
      const id = text.toLowerCase();
      const device = ownerOf(account, id)?.device;
      return device && { callee: id, calleePhones: this.#phones.ofDevice(account, device) };
    }
    const number = text.replace(/^00/, "+").replace(/^0/, "+49");
    if (!E164.test(number)) return undefined;
    return { callee: number, calleePhones: this.#phones.ofNumber(account, number) };
  }
}

/** The user that a device belongs to. */
export function ownerOf(account: Account, deviceId: string): { user: User; device: Device } | undefined {
  for (const user of account.users) {
    const device = user.devices.find(({ id }) => id === deviceId);
    if (device !== undefined) return { user, device };
  }
  return undefined;
}
