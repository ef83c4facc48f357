import { findVanished } from "../lists/attempt-outcome.js";
import { listStatus } from "../lists/list-status.js";
import { findList } from "../lists/lists.js";
import { EXIT, type ListsCommand } from "./command.js";
import { withDatabase } from "./with-database.js";

export const status: ListsCommand = {
  name: "status",
  takes: ["LIST"],
  optional: 1,
  summary: "how far the lists have come",
  run: ({ positionals: [list] }, terminal) =>
    withDatabase(async (database) => {
      if (list !== undefined) await findList(database, list);
      await findVanished(database);
      const found = await listStatus(database, list);
      if (found.length === 0)
        terminal.note("There is no list yet. Make one: sipgate-call-lists import LIST FILE");
      for (const one of found) {
        const { due, held, later, dialling, unknown, done } = one;
        const hints = [
          ...(unknown > 0 ? [`${unknown} unknown: see sipgate-call-lists unknown`] : []),
          ...(one.withoutDisposition > 0
            ? [`${one.withoutDisposition} answered calls without a disposition`]
            : []),
          ...(one.undelivered > 0 ? [`${one.undelivered} events to be delivered`] : []),
        ];
        terminal.show(
          `${one.list} (${one.state}): ${due} due, ${held} in an agent's hands, ${later} later, ${dialling} being called, ${unknown} unknown, ${done} done${hints.map((hint) => `\n  ${hint}`).join("")}`,
          { type: "status", ...one },
        );
      }
      return EXIT.ok;
    }),
};
