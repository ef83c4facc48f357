import { setTimeout as sleep } from "node:timers/promises";
import { findVanished } from "../lists/attempt-outcome.js";
import { deliverDue } from "../outbox/deliver.js";
import { EXIT, type ListsCommand } from "./command.js";
import { withDatabase } from "./with-database.js";

const PAUSE_MS = 2_000;

export const deliver: ListsCommand = {
  name: "deliver",
  takes: [],
  summary: "deliver events to the lists' URLs, again until they are taken; Ctrl+C ends it",
  options: { once: { type: "boolean", description: "only those that are due now" } },
  run: (input, terminal) =>
    withDatabase(async (database) => {
      for (;;) {
        await findVanished(database);
        const { taken, failed } = await deliverDue(database);
        if (taken + failed > 0 || input.flag("once"))
          terminal.show(`${taken} taken, ${failed} to be tried again`, { type: "delivered", taken, failed });
        if (input.flag("once")) return EXIT.ok;
        await sleep(PAUSE_MS);
      }
    }),
};
