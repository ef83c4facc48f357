// Past calls for a spreadsheet.
import type { PastCall } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import type { Output } from "../terminal/output.js";
import { sheetTime, type Zone } from "../terminal/person-time.js";
import type { CallWriter } from "./call-writer.js";

const HEADINGS = ["started", "direction", "source", "target", "outcome", "seconds", "call"];
/** Without it, Excel takes UTF-8 for an old character set. */
const BYTE_ORDER_MARK = "\ufeff";

export function csvWriter(output: Output, zone: Zone, separator = separatorOfLocale()): CallWriter {
  const between = separator === "tab" ? "\t" : separator;
  const line = (cells: readonly string[]) => cells.map((cell) => quoted(cell)).join(between);
  const mark = process.stdout.isTTY ? "" : BYTE_ORDER_MARK;
  output.verbatim(`${mark}${line(HEADINGS)}`);
  return { write: (call) => output.verbatim(line(cellsOf(call, zone))), end() {} };
}

/**
 * A number in international form, up to the end of its country code (ITU-T E.164). A blank after it keeps spreadsheets from
 * taking the number for an amount, which has no plus (seen with LibreOffice 7.4).
 */
const COUNTRY_CODE = /^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d)(?=\d+$)/;

function cellsOf({ startedAt, direction, source, target, end, callId }: PastCall, zone: Zone): string[] {
  const started = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  const seconds = end.durationSeconds === undefined ? "" : String(end.durationSeconds);
  const when = Number.isNaN(started) ? startedAt : sheetTime(new Date(started), zone);
  const [from, to] = [source, target].map((number) => number?.replace(COUNTRY_CODE, "$& "));
  return [when, direction, from, to, end.cause, seconds, callId].map((cell) => printable(cell ?? "", 500));
}

/**
 * Spreadsheets separate cells by a semicolon where numbers have a decimal comma, as in Germany. The locale is that of
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

// A spreadsheet takes a cell with such a beginning for a formula, some also with full-width characters. If it's set to
// another separator than ours, a cell begins after that, too.
const FORMULA = /(^|[,;\t|])([ "']*)(?=[=@+\-\uff1d\uff20\uff0b\uff0d])/g;

/** A cell of a CSV file (RFC 4180). What would be taken for a formula becomes text; numbers keep their plus. */
function quoted(cell: string): string {
  const text = /^[+-]\d+(?: \d+)?$/.test(cell) ? cell : cell.replace(FORMULA, "$1$2'");
  return /[",;|\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
