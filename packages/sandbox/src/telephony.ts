import type { Clock } from "./clock.js";
import { History } from "./history/history.js";
import type { Observers } from "./observers.js";
import type { CheckedOptions } from "./options.js";
import { AddedDevices } from "./phones/added-devices.js";
import { DialPlan } from "./phones/dial-plan.js";
import { createExchange } from "./phones/exchange.js";
import { loadPhones } from "./phones/load-phones.js";
import { type Media, NO_MEDIA } from "./phones/media.js";
import { PhoneBook } from "./phones/phone-book.js";
import type { RegisteredPhones } from "./phones/registered-phones.js";
import { Pusher } from "./push/pusher.js";
import { PushSettings } from "./push/settings.js";
import { Switch } from "./switch/switch.js";

/** Calls, the phones that are in them, and what is told and kept of them. */
export interface Telephony {
  readonly switch: Switch;
  readonly history: History;
  readonly pusher: Pusher;
  readonly pushSettings: PushSettings;
  readonly phoneBook: PhoneBook;
  readonly addedDevices: AddedDevices;
  /** `undefined` without the option `phones`. */
  readonly registered: RegisteredPhones | undefined;
}

/** @throws Error (rejects) if phones are asked for and can't register: see `loadPhones` and `StartPhones` */
export async function startTelephony(
  { keep, pushUrl, phones, host }: CheckedOptions,
  clock: Clock,
  observers: Observers,
): Promise<Telephony> {
  const startPhones = phones === undefined ? undefined : await loadPhones();
  const pushSettings = new PushSettings();
  const pusher = new Pusher(
    (call) => pushSettings.of(call.account).outgoingUrl || pushUrl,
    keep,
    (push) => observers.push?.(push),
  );
  const history = new History(clock, keep);
  let registered: RegisteredPhones | undefined;
  const media: Media = {
    join: (caller, callee) => (registered?.media ?? NO_MEDIA).join(caller, callee),
  };
  const callees = phones?.callees ?? new Map<string, string>();
  const phoneBook = new PhoneBook(clock, () => registered?.registrar, callees);
  const addedDevices = new AddedDevices([...new Set(callees.values())]);
  const dialPlan = new DialPlan(phoneBook, addedDevices);
  const telephony = new Switch({
    clock,
    keep,
    media,
    observe(call) {
      observers.call?.(call);
      history.follow(call);
      pusher.follow(call, clock.now);
    },
    calleeOf: (account, dialled) => dialPlan.calleeOf(account, dialled),
  });
  if (phones !== undefined) {
    registered = await startPhones?.(createExchange(telephony, dialPlan), { ...phones, host });
  }
  return { switch: telephony, history, pusher, pushSettings, phoneBook, addedDevices, registered };
}
