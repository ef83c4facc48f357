import { printable, printableLines } from "../../call/text/printable.js";
import type { Trace } from "../../sipgate/http/trace.js";
import { inCommandWords } from "./command-words.js";
import { errorLines, errorObject } from "./error-report.js";
import { jsonLine } from "./json-line.js";
import { styledFor } from "./style.js";

/** Where results, remarks and errors go. Results are for standard output, everything else for standard error. */
export interface Output {
  readonly json: boolean;
  /** A result in words; left out with --json. */
  line(text: string): void;
  /** A result as one JSON object; left out without --json. */
  object(value: unknown): void;
  /** Rows under headings, in columns. Nothing where there are no rows. */
  table(headings: readonly string[], rows: readonly (readonly string[])[]): void;
  /** Something every human has to know; left out with --json. */
  notice(text: string): void;
  /** What is going on, where it takes a while; left out with --json. */
  progress(text: string): void;
  /** A hint for somebody who looks on; left out where there is no terminal, and with --json. */
  remark(text: string): void;
  /** A doubt that a human should know of; a script gets it in its object. */
  warning(text: string): void;
  error(error: unknown): void;
  /** Tells of each request; only with --verbose. */
  readonly trace?: Trace;
}

/** Whatever is shown is made printable here, lest one place forget it; line breaks and colours are our own. */
export function createOutput(json: boolean): Output {
  const write = (text: string) => writeTo(process.stdout, inCommandWords(text));
  const tell = (text: string) => writeTo(process.stderr, inCommandWords(text));
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
    error(error) {
      if (json) tell(jsonLine({ error: errorObject(error) }));
      else for (const line of errorLines(error, styledFor(process.stderr))) tell(line);
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

const guarded = new WeakSet<NodeJS.WriteStream>();

/** What can't be written must not change how a call ends: the exit code tells a script whether it was placed. */
function writeTo(stream: NodeJS.WriteStream, text: string): void {
  // On first use: setting up the stream for errors costs a run time that needs none.
  if (!guarded.has(stream)) stream.on("error", () => {});
  guarded.add(stream);
  try {
    stream.write(`${text}\n`);
  } catch {
    // A full disk or a reader that's gone: there is nobody left to tell.
  }
}
