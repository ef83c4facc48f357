import { printableLines } from "../../call/text/printable.js";
import type { Trace } from "../../sipgate/http/trace.js";
import { CommandError } from "../command-error.js";
import type { JsonResult } from "../json/json-objects.js";
import { inCommandWords } from "./command-words.js";
import { errorLines, errorObject } from "./error-report.js";
import { jsonLine } from "./json-line.js";
import { marked, prose } from "./prose.js";
import { takesMore, writeErr, writeOut } from "./standard-streams.js";
import { type Style, styledFor, takesMarks } from "./style.js";

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
  /** What one can type next. Only on a terminal, and not with --json. */
  hint(text: string): void;
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

/** What stands before a message that matters: a mark, or a word if it can't be shown. */
interface Label {
  readonly style: Style;
  readonly word: string;
  readonly mark: string;
}

const ERROR: Label = { style: "red", word: "Error:", mark: "✗" };
const WARNING: Label = { style: "yellow", word: "Warning:", mark: "!" };

const LOST_REMEDY =
  "Results that standard output didn't take are on standard error. Make room, or write elsewhere next time.";

/**
 * Everything that is shown is made printable here, so no other place can forget it. Line breaks and colours are our own.
 *
 * @param dials whether the command places a call: an error then says that nothing was dialled
 */
export function createOutput(json: boolean, dials: boolean): Output {
  // Read when they are needed: Node opens them then, and the connections to sipgate come first.
  const isTerminal = () => process.stdout.isTTY && process.stderr.isTTY;
  const out = (text: string) => writeOut(`${text}\n`);
  const tell = (text: string, around?: Style) =>
    writeErr(`${prose(inCommandWords(text), process.stderr, around)}\n`);
  const say = (text: string, around?: Style) => tell(printableLines(text), around);
  const tellLabelled = ({ style, word, mark }: Label, lines: readonly string[]) => {
    const [first = "", ...others] = lines;
    if (!takesMarks(process.stderr)) return tell([`${marked(style, word)} ${first}`, ...others].join("\n"));
    const indented = lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`);
    const text = prose(inCommandWords(indented.join("\n")), process.stderr);
    writeErr(`${styledFor(process.stderr)(style, mark)}${text.slice(1)}\n`);
  };
  const tellError = (error: unknown) => {
    if (json) writeErr(`${inCommandWords(jsonLine(errorObject(error)))}\n`);
    else tellLabelled(ERROR, errorLines(error, dials, marked));
  };
  let placed: "no" | "yes" = "no";
  return {
    json,
    line: (text) => void (json || out(prose(inCommandWords(printableLines(text)), process.stdout))),
    object: (value) => void (json && out(inCommandWords(jsonLine(value)))),
    heading: (text) => void (json || out(styledFor(process.stdout)("bold", printableLines(text)))),
    row: (text) => void (json || out(printableLines(text))),
    verbatim: (line) => void (json || out(line)),
    notice: (text) => void (json || say(text)),
    progress: (text) => void (json || say(text, "dim")),
    remark: (text) => void (json || !isTerminal() || say(text, "dim")),
    hint: (text) => void (json || !isTerminal() || say(text)),
    warning: (text) => void (json || tellLabelled(WARNING, [printableLines(text)])),
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
