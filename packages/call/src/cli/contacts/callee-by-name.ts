// A callee given by name. Colleagues can edit shared contacts, so the number is shown before it's dialled, and
// only a full name dials without a question.
import { CallError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";
import { CommandError } from "../command-error.js";
import type { Settings } from "../settings/settings.js";
import { canAsk } from "../terminal/ask.js";
import { chooseLine } from "../terminal/choose-line.js";
import type { Output } from "../terminal/output.js";
import { readContactBook } from "./contact-book.js";
import type { ContactEntry } from "./contact-entry.js";
import { describeEntry, findContacts } from "./find-contacts.js";

const MOST_SHOWN = 9;

/**
 * The number that a name stands for. It's shown first.
 *
 * @throws CommandError if there is none, or no single one and nobody to ask
 * @throws CallError if sipgate's contacts can't be read
 */
export async function calleeByName(
  client: Client,
  settings: Settings,
  name: string,
  output: Output,
): Promise<string> {
  const { exact, similar } = findContacts(name, await contactsFor(client, settings));
  const [only] = exact;
  if (only !== undefined && exact.length === 1) {
    tell(only, output);
    return only.number;
  }
  const candidates = exact.length > 0 ? exact : similar;
  if (candidates.length === 0) throw noContact(name);
  if (!canAsk() || output.json) throw noSingleContact(name, candidates, exact.length > 0);
  const chosen = await choose(candidates);
  tell(chosen, output);
  return chosen.number;
}

async function contactsFor(client: Client, settings: Settings): Promise<ContactEntry[]> {
  try {
    return await readContactBook(client, settings);
  } catch (error) {
    if (!(error instanceof CallError) || settings.contacts === undefined) throw error;
    // The names of one's own file don't depend on sipgate.
    return readContactBook({ ...client, contacts: async () => [] }, settings);
  }
}

function tell(entry: ContactEntry, output: Output): void {
  const { name, number, kind, origin } = entry;
  output.object({ type: "contact", name, number, kind, origin });
  output.notice(describeEntry(entry));
}

async function choose(candidates: readonly ContactEntry[]): Promise<ContactEntry> {
  const index = await chooseLine("Which one?", candidates.map(describeEntry));
  const chosen = index === undefined ? undefined : candidates[index];
  if (chosen === undefined) throw noneChosen();
  return chosen;
}

function noneChosen(): CommandError {
  return new CommandError("several-contacts", "No contact was chosen.", "Give the number, or the full name.");
}

function noContact(name: string): CommandError {
  const message = `"${printable(name)}" is no phone number, and no contact has this name.`;
  const remedy = "Give the number, or see `sipgate-call contacts`.";
  return new CommandError("no-such-contact", message, remedy);
}

function noSingleContact(
  name: string,
  candidates: readonly ContactEntry[],
  isFullName: boolean,
): CommandError {
  const message = isFullName
    ? `"${printable(name)}" has more than one number.`
    : `"${printable(name)}" isn't the full name of a contact.`;
  const shown = candidates.slice(0, MOST_SHOWN).map((entry) => `  ${describeEntry(entry)}`);
  const more = candidates.length - shown.length;
  const remedy = [
    isFullName ? "Give the number that you mean:" : "Give the number of the one you mean, or the full name:",
    ...shown,
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
  return new CommandError("several-contacts", message, remedy.join("\n"), { candidates });
}
