import { importObjections } from "../import/import-objections.js";
import { addObjection } from "../lists/agent-says.js";
import { ListsError } from "../lists-error.js";
import { EXIT, type Input, type ListsCommand } from "./command.js";
import { numberArgument } from "./number-argument.js";
import { createProblemList } from "./problem-list.js";
import type { Terminal } from "./terminal.js";
import { withDatabase } from "./with-database.js";

export const block: ListsCommand = {
  name: "block",
  takes: ["NUMBER"],
  optional: 1,
  summary: "note that somebody doesn't want to be called: no list calls them any more",
  options: {
    reason: { type: "string", placeholder: "TEXT", description: "where it's known from, such as a letter" },
    file: { type: "string", placeholder: "FILE", description: "all numbers of a CSV or vCard file instead" },
    country: {
      type: "string",
      placeholder: "CC",
      description: "where the file's numbers without a country code are dialled (default: DE)",
    },
  },
  run: async (input, terminal) => {
    const [number] = input.positionals;
    const file = input.text("file");
    if ((number === undefined) === (file === undefined))
      throw new ListsError("usage", "It takes a number, or --file.", "See sipgate-call-lists block --help.");
    return file === undefined ? blockOne(number ?? "", input, terminal) : blockFile(file, input, terminal);
  },
};

async function blockOne(text: string, input: Input, terminal: Terminal): Promise<number> {
  const number = await numberArgument(text);
  return withDatabase(async (database) => {
    await addObjection(database, number, input.text("reason") ?? "");
    terminal.show(`${number} isn't called any more, by any list.`, { type: "blocked", number });
    return EXIT.ok;
  });
}

function blockFile(file: string, input: Input, terminal: Terminal): Promise<number> {
  return withDatabase(async (database) => {
    const problems = createProblemList(terminal);
    const country = input.text("country");
    const result = await importObjections(database, file, {
      reason: input.text("reason") ?? "",
      ...(country === undefined ? {} : { country }),
      onProblem: problems.add,
    });
    problems.end();
    const bad = result.bad === 0 ? "" : ` ${result.bad} can't be read: they are still called.`;
    terminal.show(`${result.added} numbers more aren't called any more, by any list.${bad}`, {
      type: "blocked-file",
      ...result,
    });
    return result.bad === 0 ? EXIT.ok : EXIT.refused;
  });
}
