// Rows of an export for a spreadsheet.
import { csvCell } from "sipgate-call";
import type { ExportedRow } from "./export-rows.js";

/** Without it, Excel takes UTF-8 for an old character set. */
export const BYTE_ORDER_MARK = "\ufeff";

/** One line with its line break. Cells that a spreadsheet would take for a formula become text. */
export function csvLine(columns: readonly string[], row: ExportedRow, separator: string): string {
  return `${columns.map((column) => csvCell(textOf(row[column]))).join(separator)}\r\n`;
}

export const csvHeader = (columns: readonly string[], separator: string) => `${columns.join(separator)}\r\n`;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  // A spreadsheet reads this as a time; it's UTC.
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace("T", " ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, text]) => `${name}: ${text}`)
      .join("\n");
  return String(value);
}
