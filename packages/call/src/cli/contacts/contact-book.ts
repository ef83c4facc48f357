// All contacts: sipgate's, and those of a file.
import type { Contact } from "../../call/telephony.js";
import type { Client } from "../../client/client.js";
import type { Settings } from "../settings/settings.js";
import type { ContactEntry } from "./contact-entry.js";

/**
 * A file of one's own comes first.
 *
 * @throws InvalidSettingsError if the file can't be used
 * @throws CallError if sipgate's can't be read
 */
export async function readContactBook(client: Client, { contacts }: Settings): Promise<ContactEntry[]> {
  const own = contacts === undefined ? [] : (await import("./contacts-file.js")).readContactsFile(contacts);
  return [...own, ...(await client.contacts()).flatMap(entriesOf)];
}

const OWNERS: Readonly<Record<string, string>> = {
  PRIVATE: "sipgate, your own",
  SHARED: "sipgate, shared",
  INTERNAL: "sipgate, colleague",
};

function entriesOf({ name, organization, numbers, scope }: Contact): ContactEntry[] {
  const origin = OWNERS[scope ?? ""] ?? "sipgate";
  return numbers.map(({ number, types }) => ({ name, organization, number, kind: types[0], origin }));
}
