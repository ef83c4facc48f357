import type { Account, User } from "../accounts/account.js";
import { Problem } from "../http/problem.js";
import type { Device } from "./devices.js";

/** How many devices can be added to an account. */
const LIMIT = 100;

/** The devices that were added to the accounts of one sandbox. They're offline until a phone registers. */
export class AddedDevices {
  readonly #accounts = new Map<string, Account>();
  readonly #everywhere: readonly string[];

  /** @param everywhere ids of VoIP phones that every account has, for its first user unless it has them already */
  constructor(everywhere: readonly string[] = []) {
    this.#everywhere = everywhere;
  }

  /** The account with the devices that were added to it. */
  addedTo(account: Account): Account {
    const known = this.#accounts.get(account.name);
    if (known !== undefined || this.#everywhere.length === 0) return known ?? account;
    const existing = account.users.flatMap(({ devices }) => devices.map(({ id }) => id));
    const added = this.#everywhere.filter((id) => !existing.includes(id));
    return this.#change(
      account,
      account.users[0]?.id,
      added.map((id) => newDevice(id, `Phone ${id}`)),
    );
  }

  /** Adds a VoIP phone. Throws a Problem if there are too many. */
  add(account: Account, user: User, alias: string): Device {
    const numbers = account.users.flatMap(({ devices }) => devices.flatMap(({ id }) => numberOf(id) ?? []));
    if (numbers.length >= LIMIT)
      throw new Problem(400, `An account can't have more than ${LIMIT} VoIP phones.`);
    const device = newDevice(`e${Math.max(...numbers) + 1}`, alias);
    this.#change(account, user.id, [device]);
    return device;
  }

  #change(account: Account, userId: string | undefined, added: readonly Device[]): Account {
    const users = account.users.map((each) =>
      each.id === userId ? { ...each, devices: [...each.devices, ...added] } : each,
    );
    const changed = { ...account, users };
    this.#accounts.set(account.name, changed);
    return changed;
  }
}

function newDevice(id: string, alias: string): Device {
  return {
    id,
    type: "REGISTER",
    alias,
    online: false,
    dnd: false,
    behaviour: { kind: "offline" },
    behaviourText: "is offline: never rings",
  };
}

/** The number in the id of a VoIP phone. */
function numberOf(deviceId: string): number | undefined {
  return deviceId.startsWith("e") ? Number(deviceId.slice(1)) : undefined;
}
