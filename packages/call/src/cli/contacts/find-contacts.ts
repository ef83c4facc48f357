// Which contacts a typed name means.
import { printable } from "../../call/text/printable.js";
import type { ContactEntry } from "./contact-entry.js";

/** Contacts that a name may mean. */
export interface FoundContacts {
  /** Whose full name it is. */
  readonly exact: readonly ContactEntry[];
  /** Whose name or company holds each of its words, or nearly so. */
  readonly similar: readonly ContactEntry[];
}

export function findContacts(typed: string, entries: readonly ContactEntry[]): FoundContacts {
  const name = plain(typed);
  const words = simplified(typed).split(" ");
  const exact = entries.filter((entry) => plain(entry.name) === name);
  const similar = entries.filter((entry) => {
    const text = simplified(`${entry.name} ${entry.organization ?? ""}`);
    return plain(entry.name) !== name && words.every((word) => text.includes(word));
  });
  return { exact: distinct(exact), similar: distinct(similar) };
}

/** Letters in any case and any Unicode form, with any blanks between words, are the same name. Nothing else is. */
const plain = (name: string) => name.normalize("NFC").toLocaleLowerCase("de").replace(/\s+/g, " ").trim();

/** Müller, Mueller and Muller are similar. */
function simplified(name: string): string {
  return plain(name)
    .replace(/ä|ae/g, "a")
    .replace(/ö|oe/g, "o")
    .replace(/ü|ue/g, "u")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}

/** The same number under the same name is one entry, wherever it's from. */
function distinct(entries: readonly ContactEntry[]): ContactEntry[] {
  const keyOf = ({ name, number }: ContactEntry) => `${plain(name)} ${number.replace(/[^\d+]/g, "")}`;
  return [...new Map([...entries].reverse().map((entry) => [keyOf(entry), entry])).values()].reverse();
}

/** An entry for people: the number, its kind, and where it's from. */
export function describeEntry({ name, number, kind, origin }: ContactEntry): string {
  const what = kind === undefined ? "" : ` (${printable(kind)})`;
  return `${printable(name)}: ${printable(number)}${what}, from ${origin}`;
}
