import { loadCallLists } from "../call-lists-package.js";
import { ALL_COMMON_OPTIONS, type Command } from "../command.js";
import { EXIT } from "../exit-codes.js";

/** The work is done by sipgate-call-lists, which reads its words itself. */
export const list: Command = {
  name: "list",
  group: "call",
  summary: "Call a list of contacts, as a team: import, next, work, pause, report (sipgate-call-lists)",
  positional: { name: "command", description: "what to do; `sipgate-call list` names the commands" },
  lacks: ALL_COMMON_OPTIONS,
  passesWordsOn: true,
  examples: [
    ["sipgate-call list", "see what can be done with lists"],
    ["sipgate-call list import spring contacts.csv", "make a list of the contacts in a file"],
    ["sipgate-call list work spring --agent anna", "call one after another"],
  ],
  async run({ positionals }) {
    const { runListsCommand } = await loadCallLists("list");
    const code = await runListsCommand(positionals);
    return Object.values(EXIT).find((known) => known === code) ?? EXIT.internal;
  },
};
