// Past calls for a spreadsheet.
import type { PastCall } from "../../call/telephony.js";
import { csvCell } from "../../call/text/csv-cell.js";
import { printable } from "../../call/text/printable.js";
import type { Output } from "../terminal/output.js";
import { sheetTime, type Zone } from "../terminal/person-time.js";
import type { CallWriter } from "./call-writer.js";

const HEADINGS = ["started", "direction", "source", "target", "outcome", "seconds", "call"];
/** Without it, Excel takes UTF-8 for an old character set. */
const BYTE_ORDER_MARK = "\ufeff";

export function csvWriter(output: Output, zone: Zone, separator = separatorOfLocale()): CallWriter {
  const between = separator === "tab" ? "\t" : separator;
  const line = (cells: readonly string[]) => cells.map(csvCell).join(between);
  const mark = process.stdout.isTTY ? "" : BYTE_ORDER_MARK;
  output.verbatim(`${mark}${line(HEADINGS)}`);
  return { write: (call) => output.verbatim(line(cellsOf(call, zone))), end() {} };
}

function cellsOf({ startedAt, direction, source, target, end, callId }: PastCall, zone: Zone): string[] {
  const started = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  const seconds = end.durationSeconds === undefined ? "" : String(end.durationSeconds);
  const when = Number.isNaN(started) ? startedAt : sheetTime(new Date(started), zone);
  return [when, direction, source, target, end.cause, seconds, callId].map((cell) =>
    printable(cell ?? "", 500),
  );
}

/**
 * Spreadsheets separate cells by a semicolon if numbers are written with a decimal comma, as in Germany. The locale is that of
 * the environment, else the system's.
 */
function separatorOfLocale(): string {
  const { LC_ALL, LC_NUMERIC, LANG } = process.env;
  const [name = ""] = (LC_ALL || LC_NUMERIC || LANG || "").split(".");
  const tag = name.replaceAll("_", "-");
  return decimalOf(tag) === "," ? ";" : ",";
}

function decimalOf(tag: string): string | undefined {
  try {
    const format = new Intl.NumberFormat(tag === "" ? undefined : tag);
    return format.formatToParts(0.5).find(({ type }) => type === "decimal")?.value;
  } catch {
    return "."; // Such as C and POSIX, which are no language.
  }
}
