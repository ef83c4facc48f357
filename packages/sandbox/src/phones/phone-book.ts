import type { Clock } from "../clock.js";
import { behaviourOfNumber } from "./callees.js";
import type { Device } from "./devices.js";
import type { Phone } from "./phone.js";
import { SimulatedPhone } from "./simulated-phone.js";

/** Finds the phone to ring for a device or a number. Every phone of the sandbox is a simulated one. */
export class PhoneBook {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ofDevice({ id, behaviour }: Device): Phone {
    return new SimulatedPhone(id, behaviour, this.#clock);
  }

  /** @param number E.164 with plus */
  ofNumber(number: string): Phone {
    return new SimulatedPhone(number, behaviourOfNumber(number), this.#clock);
  }
}
