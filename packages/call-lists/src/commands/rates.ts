import { lockAccount, readCallRates, setCallRates } from "../lists/account.js";
import { ListsError } from "../lists-error.js";
import { EXIT, type Input, type ListsCommand } from "./command.js";
import { withDatabase } from "./with-database.js";

export const rates: ListsCommand = {
  name: "rates",
  takes: [],
  summary: "show or set how many calls the account places: a second, at once, a day",
  options: {
    "a-second": { type: "string", placeholder: "NUMBER", description: "such as 0.5 or 2 (at first: 1)" },
    "at-once": {
      type: "string",
      placeholder: "NUMBER",
      description: "calls that run at the same time (at first: 10)",
    },
    "a-day": { type: "string", placeholder: "NUMBER", description: "in any 24 hours (at first: 1000)" },
  },
  run: (input, terminal) =>
    withDatabase((database) =>
      database.transaction(async (queries) => {
        await lockAccount(queries);
        const now = await readCallRates(queries);
        const set = {
          aSecond: positive(input, "a-second", /^\d{1,3}(?:\.\d{1,3})?$/) ?? now.aSecond,
          atOnce: positive(input, "at-once", /^\d{1,4}$/) ?? now.atOnce,
          aDay: positive(input, "a-day", /^\d{1,7}$/) ?? now.aDay,
        };
        await setCallRates(queries, set);
        terminal.show(
          `The account places ${set.aSecond} calls a second, ${set.atOnce} at once, ${set.aDay} in 24 hours at most.`,
          { type: "rates", ...set },
        );
        return EXIT.ok;
      }),
    ),
};

function positive(input: Input, option: string, pattern: RegExp): number | undefined {
  const text = input.text(option);
  if (text === undefined) return undefined;
  if (pattern.test(text) && Number(text) > 0) return Number(text);
  throw new ListsError("usage", `--${option} takes a number.`, "See sipgate-call-lists rates --help.");
}
