import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { findList } from "../lists/lists.js";
import { ListsError } from "../lists-error.js";
import { BYTE_ORDER_MARK, csvHeader, csvLine } from "../report/csv.js";
import { COLUMNS, type Exported, exportRows, isExported } from "../report/export-rows.js";
import { EXIT, type Input, type ListsCommand } from "./command.js";
import { numberArgument } from "./number-argument.js";
import { withDatabase } from "./with-database.js";

export const exportCommand: ListsCommand = {
  name: "export",
  takes: ["LIST", "attempts|contacts|consents"],
  optional: 1,
  summary: "all rows of a list as CSV for a spreadsheet: attempts, contacts, or the proof of consent",
  options: {
    number: { type: "string", placeholder: "NUMBER", description: "only what concerns this number" },
    separator: {
      type: "string",
      placeholder: "CHARACTER",
      description: "between cells: , or ; or tab (default: ;)",
    },
    out: { type: "string", placeholder: "FILE", description: "write there instead of to standard output" },
  },
  run: (input) =>
    withDatabase(async (database) => {
      const [name = "", what = "attempts"] = input.positionals;
      if (!isExported(what))
        throw new ListsError(
          "usage",
          `There is no export of "${what}".`,
          "Take attempts, contacts or consents.",
        );
      const { id } = await findList(database, name);
      const number = input.text("number");
      const out = openOut(input);
      try {
        const write = writerOf(out.stream, what, input);
        await write();
        await exportRows(database, id, what, {
          number: number === undefined ? undefined : await numberArgument(number),
          onRow: write,
        });
      } finally {
        await out.end();
      }
      return EXIT.ok;
    }),
};

/** Without a row, it begins. */
function writerOf(stream: Writable, what: Exported, input: Input) {
  const columns = COLUMNS[what];
  const separator = separatorOf(input.text("separator"));
  const lineOf = (row: Readonly<Record<string, unknown>> | undefined) => {
    if (input.flag("json"))
      return row === undefined ? "" : `${JSON.stringify({ type: what.slice(0, -1), ...row })}\n`;
    return row === undefined
      ? `${BYTE_ORDER_MARK}${csvHeader(columns, separator)}`
      : csvLine(columns, row, separator);
  };
  return async (row?: Readonly<Record<string, unknown>>) => {
    if (stream.destroyed) throw notRead();
    if (stream.write(lineOf(row))) return;
    await once(stream, "drain").catch(() => {
      throw notRead();
    });
  };
}

function notRead(): ListsError {
  return new ListsError("file", "The output can't be written any more.", "Write it to a file with --out.");
}

function separatorOf(text = ";"): string {
  const separator = text === "tab" ? "\t" : text;
  if (/^[,;\t]$/.test(separator)) return separator;
  throw new ListsError("usage", "--separator takes , or ; or tab.", "See sipgate-call-lists export --help.");
}

interface Out {
  readonly stream: Writable;
  /** Waits until all is written. */
  end(): Promise<void>;
}

function openOut(input: Input): Out {
  const path = input.text("out");
  if (path === undefined) return { stream: process.stdout, end: async () => {} };
  // Only this user may read it: it's full of numbers.
  const stream = createWriteStream(path, { mode: 0o600 });
  const failed = new Promise<never>((_, reject) => {
    stream.on("error", (error) =>
      reject(
        new ListsError("file", `"${path}" can't be written (${error.message}).`, "Choose another file."),
      ),
    );
  });
  failed.catch(() => {});
  return {
    stream,
    end: () => Promise.race([failed, new Promise<void>((resolve) => stream.end(() => resolve()))]),
  };
}
