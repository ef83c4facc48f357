import { addObjection } from "../lists/agent-says.js";
import { deleteExpired, forgetNumber } from "../lists/forget.js";
import { EXIT, type ListsCommand } from "./command.js";
import { numberArgument } from "./number-argument.js";
import { withDatabase } from "./with-database.js";

export const forget: ListsCommand = {
  name: "forget",
  takes: ["NUMBER"],
  summary: "delete what is known of a number, in all lists; it isn't called any more",
  options: {
    "may-call": { type: "boolean", description: "it may be called again, if it's imported again" },
  },
  run: async (input, terminal) => {
    const number = await numberArgument(input.positionals[0] ?? "");
    return withDatabase(async (database) => {
      if (!input.flag("may-call")) await addObjection(database, number, "deleted");
      const result = await forgetNumber(database, number);
      const kept =
        result.keptConsents === 0
          ? ""
          : ` ${result.keptConsents} proofs of consent are kept until five years after they were given or last used.`;
      terminal.show(
        `Deleted: ${result.contacts} contacts, and number and notes of ${result.attempts} calls.${kept}`,
        { type: "forgotten", ...result },
      );
      return EXIT.ok;
    });
  },
};

export const tidy: ListsCommand = {
  name: "tidy",
  takes: [],
  summary: "delete contacts whose retention is over, and proofs of consent that are due; run it once a day",
  run: (_, terminal) =>
    withDatabase(async (database) => {
      const result = await deleteExpired(database);
      terminal.show(`Deleted: ${result.contacts} contacts, ${result.consents} proofs of consent.`, {
        type: "tidied",
        ...result,
      });
      return EXIT.ok;
    }),
};
