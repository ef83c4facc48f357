import { printable, printableLines } from "../../call/text/printable.js";
import type { Trace } from "../../sipgate/http/trace.js";
import { CommandError } from "../command-error.js";
import type { JsonResult } from "../json/json-objects.js";
import { inCommandWords } from "./command-words.js";
import { errorLines, errorObject } from "./error-report.js";
import { jsonLine } from "./json-line.js";
import { takesMore, writeErr, writeOut } from "./standard-streams.js";
import { styledFor } from "./style.js";

/** Prints results to standard output, and everything else to standard error. */
export interface Output {
  readonly json: boolean;
  /** A result as text. Not with --json. */
  line(text: string): void;
  /** A result as one line of JSON. Only with --json. */
  object(value: JsonResult): void;
  /** Rows in columns under headings; nothing if there are no rows. Not with --json. */
  table(headings: readonly string[], rows: readonly (readonly string[])[]): void;
  /** What every human has to know. Not with --json. */
  notice(text: string): void;
  /** What is happening, if it takes a while. Not with --json. */
  progress(text: string): void;
  /** A hint. Only on a terminal, and not with --json. */
  remark(text: string): void;
  /** A doubt. Not with --json: a script gets it in an object. */
  warning(text: string): void;
  error(error: unknown): void;
  /** False once nobody reads standard output any more, or it can't be written: a long list may end. */
  takesMore(): boolean;
  /** From now on an error about lost output says that the call was placed. */
  notePlaced(): void;
  /** Tells that output was lost. @param code the system's code of the error */
  lost(code: string): void;
  /** Logs each request. Only with --verbose. */
  readonly trace?: Trace;
}

const LOST_REMEDY =
  "Results that standard output didn't take are on standard error. Make room, or write elsewhere next time.";

/**
 * Everything that is shown is made printable here, so no other place can forget it; line breaks and colours are our own.
 *
 * @param dials whether the command places a call: an error then says that nothing was dialled
 */
export function createOutput(json: boolean, dials: boolean): Output {
  const write = (text: string) => writeOut(`${inCommandWords(text)}\n`);
  const tell = (text: string) => writeErr(`${inCommandWords(text)}\n`);
  const tellError = (error: unknown) => {
    if (json) tell(jsonLine(errorObject(error)));
    else for (const line of errorLines(error, dials, styledFor(process.stderr))) tell(line);
  };
  let placed: "no" | "yes" = "no";
  return {
    json,
    line: (text) => void (json || write(printableLines(text))),
    object: (value) => void (json && write(jsonLine(value))),
    table(headings, rows) {
      if (json || rows.length === 0) return;
      const style = styledFor(process.stdout);
      const [head = "", ...lines] = columns([
        headings,
        ...rows.map((row) => row.map((cell) => printable(cell, cell.length))),
      ]);
      for (const line of [style("bold", head), ...lines]) write(line);
    },
    notice: (text) => void (json || tell(printableLines(text))),
    progress: (text) => void (json || tell(styledFor(process.stderr)("dim", printableLines(text)))),
    remark: (text) =>
      void (
        json ||
        !process.stdout.isTTY ||
        !process.stderr.isTTY ||
        tell(styledFor(process.stderr)("dim", printableLines(text)))
      ),
    warning: (text) =>
      void (json || tell(`${styledFor(process.stderr)("yellow", "Warning:")} ${printableLines(text)}`)),
    error: tellError,
    takesMore,
    notePlaced() {
      placed = "yes";
    },
    lost(code) {
      const message = `The command was carried out, but not all of its output could be written (${code}).`;
      tellError(new CommandError("output-failed", message, LOST_REMEDY, { placed }));
    },
  };
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
