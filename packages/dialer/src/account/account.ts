// An account as the page needs it. What can't be read is left out and named; the rest can be used.
import type { Client, Device } from "sipgate-call";
import { formatNumber } from "../numbers/describe-number.js";
import type { WireAccount, WireContact, WireDevice, WireNumber } from "../wire/wire.js";

type AccountLists = Pick<WireAccount, "platform" | "devices" | "numbers" | "contacts" | "unreadable">;

export async function readAccount(client: Client): Promise<AccountLists> {
  const unreadable: AccountLists["unreadable"][number][] = [];
  const orEmpty = <T>(name: AccountLists["unreadable"][number], list: Promise<T[]>) =>
    list.catch(() => {
      unreadable.push(name);
      return [];
    });
  const [platform, devices, numbers, contacts] = await Promise.all([
    client.platform().catch(() => undefined),
    orEmpty("devices", readDevices(client)),
    orEmpty("numbers", readNumbers(client)),
    orEmpty("contacts", readContacts(client)),
  ]);
  return { platform, devices, numbers, contacts, unreadable };
}

const KINDS: Readonly<Record<string, WireDevice["kind"]>> = {
  MOBILE: "mobile",
  EXTERNAL: "external",
  APP: "app",
};

async function readDevices(client: Client): Promise<WireDevice[]> {
  const devices = await client.devices();
  const lines = new Set(devices.flatMap(({ phonelines }) => phonelines));
  return [...devices.map(deviceOf), ...[...lines].map(lineOf)];
}

function deviceOf({ id, alias, type, online, dnd }: Device): WireDevice {
  return { id, name: alias === "" ? id : alias, kind: KINDS[type] ?? "phone", online, dnd };
}

/** A phone line rings all its phones: the first to answer wins. */
const lineOf = (id: string): WireDevice => ({
  id,
  name: id,
  kind: "line",
  online: undefined,
  dnd: undefined,
});

async function readNumbers(client: Client): Promise<WireNumber[]> {
  const numbers = await client.numbers();
  return numbers
    .filter(({ type, number }) => type !== "QUICKDIAL" && number.startsWith("+"))
    .map(({ number }) => ({ number, formatted: formatNumber(number) }));
}

async function readContacts(client: Client): Promise<WireContact[]> {
  const contacts = await client.contacts();
  return contacts
    .map(({ name, organization, numbers }) => ({
      name: name || (organization ?? ""),
      organization,
      numbers: numbers.map(({ number }) => ({ number, formatted: formatNumber(number) })),
    }))
    .filter(({ name, numbers }) => name !== "" && numbers.length > 0)
    .sort((one, other) => one.name.localeCompare(other.name, "de"));
}
