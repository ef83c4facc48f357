import { reviewUnknown } from "../lists/agent-says.js";
import { findVanished } from "../lists/attempt-outcome.js";
import { unknownContacts } from "../lists/unknown-contacts.js";
import { ListsError } from "../lists-error.js";
import { EXIT, type ListsCommand } from "./command.js";
import { withDatabase } from "./with-database.js";

export const unknown: ListsCommand = {
  name: "unknown",
  takes: ["LIST"],
  optional: 1,
  summary: "show the contacts of whom it isn't known whether they were reached: a person decides",
  run: ({ positionals: [list] }, terminal) =>
    withDatabase(async (database) => {
      await findVanished(database);
      const found = await unknownContacts(database, list);
      for (const contact of found)
        terminal.show(
          `${contact.id}  ${contact.list}  ${contact.number}  ${contact.name ?? ""}  ${contact.startedAt?.toISOString() ?? ""}  ${contact.agent ?? ""}  ${contact.error ?? ""}`,
          { type: "unknown", ...contact },
        );
      if (found.length > 0)
        terminal.note(
          "Look into the call history, then say for each: sipgate-call-lists review CONTACT reached, or not-reached to have it called again.",
        );
      else terminal.note("There are none.");
      return EXIT.ok;
    }),
};

export const review: ListsCommand = {
  name: "review",
  takes: ["CONTACT", "reached|not-reached"],
  summary: "decide about one of those that unknown shows, by its first column",
  run: ({ positionals: [contact = "", verdict = ""] }, terminal) =>
    withDatabase(async (database) => {
      if (!/^\d{1,18}$/.test(contact) || (verdict !== "reached" && verdict !== "not-reached"))
        throw new ListsError(
          "usage",
          "It takes the contact's number in the first column of unknown, and reached or not-reached.",
          "For example: sipgate-call-lists review 17 not-reached",
        );
      await reviewUnknown(database, contact, verdict);
      terminal.show("Noted.", { type: "reviewed", contact, verdict });
      return EXIT.ok;
    }),
};
