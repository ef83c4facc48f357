import type { Account } from "../accounts/account.js";
import type { Clock } from "../clock.js";
import { behaviourOfNumber } from "./callees.js";
import type { Device } from "./devices.js";
import type { Phone } from "./phone.js";
import type { Registrar, Registration } from "./registrar.js";
import { SimulatedPhone } from "./simulated-phone.js";

/**
 * Finds the phones to ring for a device or a number: those that are registered at it, all at once, else a simulated
 * one.
 */
export class PhoneBook {
  readonly #clock: Clock;
  readonly #registrar: () => Registrar | undefined;
  readonly #callees: ReadonlyMap<string, string>;

  /**
   * @param registrar `undefined` in a sandbox without registered phones
   * @param callees devices that are rung for numbers
   */
  constructor(
    clock: Clock,
    registrar: () => Registrar | undefined = () => undefined,
    callees: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#clock = clock;
    this.#registrar = registrar;
    this.#callees = callees;
  }

  /** A device that is set to do not disturb isn't rung, whatever is registered. */
  ofDevice(account: Account, { id, behaviour, dnd }: Device): readonly Phone[] {
    const registered = dnd ? [] : this.#registered(account, id);
    return registered.length > 0 ? registered : [new SimulatedPhone(id, behaviour, this.#clock)];
  }

  /** @param number E.164 with plus */
  ofNumber(account: Account, number: string): readonly Phone[] {
    const deviceId = this.#callees.get(number);
    if (deviceId === undefined) return [new SimulatedPhone(number, behaviourOfNumber(number), this.#clock)];
    const registered = this.#registered(account, deviceId);
    return registered.length > 0
      ? registered
      : [new SimulatedPhone(deviceId, { kind: "offline" }, this.#clock)];
  }

  registrationsOf(account: Account, { id }: Device): readonly Registration[] {
    return this.#registrar()?.registrationsOf({ account: account.name, deviceId: id }) ?? [];
  }

  #registered(account: Account, deviceId: string): readonly Phone[] {
    return this.#registrar()?.phonesOf({ account: account.name, deviceId }) ?? [];
  }
}
