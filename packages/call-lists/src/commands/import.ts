import {
  type ImportOptions,
  type ImportResult,
  importContacts,
  removeEmptyList,
} from "../import/import-contacts.js";
import { deleteExpired } from "../lists/forget.js";
import { hasList, makeList } from "../lists/lists.js";
import { EXIT, type ListsCommand } from "./command.js";
import { createProblemList } from "./problem-list.js";
import type { Terminal } from "./terminal.js";
import { withDatabase } from "./with-database.js";

export const importCommand: ListsCommand = {
  name: "import",
  takes: ["LIST", "FILE"],
  summary: "put the contacts of a CSV or vCard file into a list, which is made if there is none",
  options: {
    "skip-bad": {
      type: "boolean",
      description: "leave out rows that can't be used (otherwise nothing is imported)",
    },
    "dry-run": { type: "boolean", description: "only say what would be imported" },
    country: {
      type: "string",
      placeholder: "CC",
      description: "where numbers without a country code are dialled (default: DE)",
    },
    purpose: {
      type: "string",
      placeholder: "TEXT",
      description: "what consents are for, if the file doesn't say (default: the list's name)",
    },
  },
  run: (input, terminal) =>
    withDatabase(async (database) => {
      const [name = "", file = ""] = input.positionals;
      const isNew = !(await hasList(database, name));
      const list = await makeList(database, name);
      const problems = createProblemList(terminal);
      const country = input.text("country");
      const options: ImportOptions = {
        listId: list.id,
        purpose: input.text("purpose") ?? name,
        ...(country === undefined ? {} : { country }),
        skipBad: input.flag("skip-bad"),
        dryRun: input.flag("dry-run"),
        onProblem: problems.add,
        onColumns: (columns) => tellColumns(columns, terminal),
      };
      let isImported = false;
      try {
        const result = await importContacts(database, file, options);
        isImported = result.isImported;
        problems.end();
        tell(name, result, input.flag("dry-run"), terminal);
        await deleteExpired(database);
        return isImported || (input.flag("dry-run") && result.bad === 0) ? EXIT.ok : EXIT.refused;
      } finally {
        if (isNew && !isImported) await removeEmptyList(database, list.id);
      }
    }),
};

type Columns = Parameters<NonNullable<ImportOptions["onColumns"]>>[0];

/** What the columns were taken for: a wrong guess is seen before anybody is called. */
function tellColumns(
  { headers, names, organization, numbers, others, extra }: Columns,
  terminal: Terminal,
): void {
  const header = (index: number) => headers[index] ?? "";
  const kept = extra.filter((index) => !numbers.includes(index));
  const parts: (readonly [string, readonly number[]])[] = [
    ["number", numbers],
    ["name", names],
    ["company", organization === undefined ? [] : [organization]],
    ...Object.entries(others).map(([name, index]) => [name, [index]] as const),
    ["kept as they are", kept],
  ];
  const found = parts.filter(([, columns]) => columns.length > 0);
  terminal.note(
    `Columns: ${found.map(([name, columns]) => `${name} = ${columns.map(header).join(", ")}`).join("; ")}.`,
  );
}

function tell(list: string, result: ImportResult, isDryRun: boolean, terminal: Terminal): void {
  const { isImported, contacts, bad, duplicates, objections } = result;
  const left = [
    ...(bad > 0 ? [`rows that can't be used: ${bad}`] : []),
    ...(duplicates > 0 ? [`numbers that came before: ${duplicates}`] : []),
    ...(objections > 0 ? [`numbers that don't want to be called: ${objections}`] : []),
  ];
  const others = left.length === 0 ? "" : ` Left out: ${left.join(", ")}.`;
  const done = isImported
    ? `New contacts in the list ${list}: ${contacts}.`
    : isDryRun
      ? `New contacts in the list ${list} would be: ${contacts}. Nothing was imported.`
      : `Nothing was imported. Mend the rows, or leave them out with --skip-bad. New contacts would be: ${contacts}.`;
  terminal.show(`${done}${others}`, { type: "import", list, ...result });
}
