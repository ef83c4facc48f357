import type { Account, User } from "../accounts/account.js";
import { Problem } from "../http/problem.js";
import type { Device } from "./devices.js";

/** How many devices can be added to an account. */
const LIMIT = 100;

/** The devices that clients have added to the accounts of one sandbox. Nothing is registered there, so they're offline. */
export class AddedDevices {
  readonly #accounts = new Map<string, Account>();

  /** The account with the devices that were added to it. */
  addedTo(account: Account): Account {
    return this.#accounts.get(account.name) ?? account;
  }

  /** Adds a VoIP phone. Throws a Problem if there are too many. */
  add(account: Account, user: User, alias: string): Device {
    const numbers = account.users.flatMap(({ devices }) => devices.flatMap(({ id }) => numberOf(id) ?? []));
    const device: Device = {
      id: `e${Math.max(...numbers) + 1}`,
      type: "REGISTER",
      alias,
      online: false,
      dnd: false,
      behaviour: { kind: "offline" },
      behaviourText: "is offline: never rings",
    };
    if (numbers.length >= LIMIT)
      throw new Problem(400, `An account can't have more than ${LIMIT} VoIP phones.`);
    const users = account.users.map((each) =>
      each.id === user.id ? { ...each, devices: [...each.devices, device] } : each,
    );
    this.#accounts.set(account.name, { ...account, users });
    return device;
  }
}

/** The number in the id of a VoIP phone. */
function numberOf(deviceId: string): number | undefined {
  return deviceId.startsWith("e") ? Number(deviceId.slice(1)) : undefined;
}
