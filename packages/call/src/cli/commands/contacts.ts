import type { Command } from "../command.js";
import { connect } from "../connect/connect.js";
import { readContactBook } from "../contacts/contact-book.js";
import { findContacts } from "../contacts/find-contacts.js";
import { EXIT } from "../exit-codes.js";
import { contactsOption } from "../settings/call-settings.js";
import { readSettings, withoutCall } from "../settings/settings.js";

export const contacts: Command = {
  name: "contacts",
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
      output.table(
        ["NAME", "COMPANY", "NUMBER", "KIND", "FROM"],
        found.map((entry) => [
          entry.name,
          entry.organization ?? "",
          entry.number,
          entry.kind ?? "",
          entry.origin,
        ]),
      );
      if (found.length === 0)
        output.notice(name === undefined ? "There are no contacts." : "No contact has this name.");
      return EXIT.ok;
    } finally {
      await connection.close();
    }
  },
};
