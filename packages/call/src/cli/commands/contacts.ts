import type { Command } from "../command.js";
import { connect } from "../connect/connect.js";
import { readContactBook } from "../contacts/contact-book.js";
import type { ContactEntry } from "../contacts/contact-entry.js";
import { findContacts } from "../contacts/find-contacts.js";
import { EXIT } from "../exit-codes.js";
import { contactsOption } from "../settings/call-settings.js";
import { readSettings, withoutCall } from "../settings/settings.js";
import { type Column, showTable } from "../terminal/table.js";

export const contacts: Command = {
  name: "contacts",
  group: "look",
  summary: "List or search your contacts: sipgate's, and those of a file of yours",
  positional: { name: "name", description: "a name, or part of it (default: all contacts)" },
  options: { contacts: contactsOption },
  examples: [
    ["sipgate-call contacts", "list all"],
    ["sipgate-call contacts müller", "find everybody of that name"],
    ["sipgate-call contacts --contacts book.vcf", "with those of a file: vCard or CSV"],
  ],
  async run(input, output) {
    const settings = withoutCall(readSettings(input));
    const connection = await connect(settings, input, output);
    try {
      const [name] = input.positionals;
      const all = await readContactBook(connection.client, settings);
      const { exact, similar } = findContacts(name ?? "", all);
      const found = name === undefined ? all : [...exact, ...similar];
      output.object({ type: "contacts", contacts: found });
      showTable(output, COLUMNS, found);
      if (found.length === 0)
        output.notice(name === undefined ? "There are no contacts." : "No contact has this name.");
      return EXIT.ok;
    } finally {
      await connection.close();
    }
  },
};

const COLUMNS: readonly Column<ContactEntry>[] = [
  { heading: "NAME", cell: ({ name }) => name, givesWay: 4 },
  { heading: "NUMBER", cell: ({ number }) => number },
  { heading: "COMPANY", cell: ({ organization = "" }) => organization, givesWay: 2, second: true },
  { heading: "KIND", cell: ({ kind = "" }) => kind, givesWay: 3, second: true },
  { heading: "FROM", cell: ({ origin }) => origin, givesWay: 1, second: true },
];
