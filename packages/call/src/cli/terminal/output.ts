import { printableLines } from "../../call/text/printable.js";
import type { Trace } from "../../sipgate/http/trace.js";
import type { JsonResult } from "../json/json-objects.js";
import { inCommandWords } from "./command-words.js";
import { errorLines, errorObject } from "./error-report.js";
import { jsonLine } from "./json-line.js";
import { marked, prose } from "./prose.js";
import { type Style, styledFor } from "./style.js";

/** Prints results to standard output, and everything else to standard error. */
export interface Output {
  readonly json: boolean;
  /** A result as text. Not with --json. */
  line(text: string): void;
  /** A result as one line of JSON. Only with --json. */
  object(value: JsonResult): void;
  /** The headings of a table, and a row of it. Not with --json. */
  heading(text: string): void;
  row(text: string): void;
  /** A line for another program, printable already. Not with --json. */
  verbatim(line: string): void;
  /** What every human has to know. Not with --json. */
  notice(text: string): void;
  /** What is happening, if it takes a while. Not with --json. */
  progress(text: string): void;
  /** A hint. Only on a terminal, and not with --json. */
  remark(text: string): void;
  /** A doubt. Not with --json: a script gets it in an object. */
  warning(text: string): void;
  error(error: unknown): void;
  /** Logs each request. Only with --verbose. */
  readonly trace?: Trace;
}

/**
 * Everything that is shown is made printable here, so no other place can forget it; line breaks and colours are our own.
 *
 * @param dials whether the command places a call: an error then says that nothing was dialled
 */
export function createOutput(json: boolean, dials: boolean): Output {
  const tell = (stream: NodeJS.WriteStream, text: string, around?: Style) =>
    writeTo(stream, prose(inCommandWords(text), stream, around));
  const say = (stream: NodeJS.WriteStream, text: string, around?: Style) =>
    tell(stream, printableLines(text), around);
  const { stdout, stderr } = process;
  return {
    json,
    line: (text) => void (json || say(stdout, text)),
    object: (value) => void (json && writeTo(stdout, inCommandWords(jsonLine(value)))),
    heading: (text) => void (json || writeTo(stdout, styledFor(stdout)("bold", printableLines(text)))),
    row: (text) => void (json || writeTo(stdout, printableLines(text))),
    verbatim: (line) => void (json || writeTo(stdout, line)),
    notice: (text) => void (json || say(stderr, text)),
    progress: (text) => void (json || say(stderr, text, "dim")),
    remark: (text) => void (json || !stdout.isTTY || !stderr.isTTY || say(stderr, text, "dim")),
    warning: (text) => void (json || tell(stderr, `${marked("yellow", "Warning:")} ${printableLines(text)}`)),
    error(error) {
      if (json) writeTo(stderr, inCommandWords(jsonLine(errorObject(error))));
      else for (const line of errorLines(error, dials, marked)) tell(stderr, line);
    },
  };
}

const guarded = new WeakSet<NodeJS.WriteStream>();

/** A failed write must not change the exit code, which tells a script whether the call was placed. */
function writeTo(stream: NodeJS.WriteStream, text: string): void {
  // On first use, because setting up standard error takes time, and most runs don't need it.
  if (!guarded.has(stream)) stream.on("error", () => {});
  guarded.add(stream);
  try {
    stream.write(`${text}\n`);
  } catch {
    // The disk is full or the reader is gone: nobody is left to tell.
  }
}
