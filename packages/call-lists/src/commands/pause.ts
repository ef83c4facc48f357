import { findList, type ListState, setListState } from "../lists/lists.js";
import { EXIT, type ListsCommand } from "./command.js";
import { withDatabase } from "./with-database.js";

const change = (name: string, state: ListState, summary: string, done: string): ListsCommand => ({
  name,
  takes: ["LIST"],
  summary,
  run: ({ positionals: [list = ""] }, terminal) =>
    withDatabase(async (database) => {
      const { id } = await findList(database, list);
      await setListState(database, id, state);
      terminal.show(done, { type: "list", list, state });
      return EXIT.ok;
    }),
});

export const pause = change(
  "pause",
  "paused",
  "nobody of the list is dialled until resume; agents wait",
  "Paused for all agents. Calls that run go on.",
);

export const resume = change("resume", "running", "go on after pause or stop", "It goes on.");

export const stop = change(
  "stop",
  "stopped",
  "nobody of the list is dialled any more; agents are sent home",
  "Stopped for all agents. Calls that run go on.",
);
