import { computed, signal } from "@preact/signals";
import type { WireAccount, WireContact, WireDevice } from "../../wire/wire.js";
import { get, post } from "./server.js";
import { readSetting, writeSetting } from "./settings.js";

/** Undefined until it has been read. */
export const account = signal<WireAccount | undefined>(undefined);
const deviceId = signal(readSetting("device") ?? "");
const shown = signal(readSetting("caller-id") ?? "");

let loading: Promise<void> | undefined;

/** Reads it, unless it's known or being read. */
export function loadAccount(): Promise<void> {
  if (account.peek() === undefined)
    loading ??= reloadAccount().finally(() => {
      loading = undefined;
    });
  return loading ?? Promise.resolve();
}

export async function reloadAccount(): Promise<void> {
  account.value = await get<WireAccount>("/api/account");
}

export async function chooseProfile(name: string): Promise<void> {
  account.value = await post<WireAccount>("/api/profile", { name });
}

/** The phone that is rung first. */
export const device = computed<WireDevice | undefined>(() => {
  const { devices = [], caller } = account.value ?? {};
  const isUsable = ({ online, dnd }: WireDevice) => online !== false && dnd !== true;
  const withId = (wanted: string | undefined) => devices.find(({ id }) => id === wanted);
  return withId(deviceId.value) ?? withId(caller) ?? devices.find(isUsable) ?? devices[0];
});

export function chooseDevice(id: string): void {
  deviceId.value = id;
  writeSetting("device", id);
}

/** The number that the other party sees; empty: what the phone has. */
export const callerId = computed(() =>
  account.value?.numbers.some(({ number }) => number === shown.value) ? shown.value : "",
);

export function chooseCallerId(number: string): void {
  shown.value = number;
  writeSetting("caller-id", number);
}

const contactsByNumber = computed(
  () =>
    new Map(
      (account.value?.contacts ?? []).flatMap((contact) =>
        contact.numbers.map(({ number }): [string, WireContact] => [number, contact]),
      ),
    ),
);

/** @param number E.164 */
export const contactOf = (number: string): WireContact | undefined => contactsByNumber.value.get(number);

/** Contacts whose name or company has these words, in any order. */
export function findContacts(typed: string): { contact: WireContact; number: string; formatted: string }[] {
  const wanted = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return (account.value?.contacts ?? []).flatMap((contact) => {
    const text = `${contact.name} ${contact.organization ?? ""}`.toLocaleLowerCase();
    return wanted.every((word) => text.includes(word))
      ? contact.numbers.map(({ number, formatted }) => ({ contact, number, formatted }))
      : [];
  });
}
